import Glibc
import SignalPipeline
import Testing

@Suite struct PortableMathTests {
  @Test("exponentials, logarithms and powers agree with the C library's within 1e-14")
  func exponentials() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<1000 {
      let x = generator.uniform(-600...600)
      #expect(abs(PortableMath.exp(x) / exp(x) - 1) < 1e-14)
      let y = PortableMath.exp(x)
      // Near 1 the logarithm passes through zero: an absolute bound of one rounding of x.
      #expect(abs(PortableMath.log(y) - log(y)) < 1e-14 * max(abs(x), 1))
      let base = generator.uniform(0.01...50)
      let exponent = generator.uniform(-5...5)
      #expect(abs(PortableMath.pow(base, exponent) / pow(base, exponent) - 1) < 1e-13)
    }
    #expect(PortableMath.exp(0) == 1)
    #expect(PortableMath.log(1) == 0)
    #expect(abs(PortableMath.amplitude(decibels: 20) - 10) < 1e-13)
  }

  @Test("the kernel's powers have the bits of those computed one by one")
  func powers() {
    var generator = SeededGenerator(seed: 3)
    let bases = (0..<1003).map { _ in PortableMath.exp(generator.uniform(-40...40)) }
    for exponent in [-17, -0.7, -0.3, 0, 0.5, 3.25] {
      var powers = bases
      SampleKernels.powers(&powers, exponent: exponent)
      #expect(powers == bases.map { PortableMath.pow($0, exponent) })
    }
  }

  @Test("phasors agree with the C library's within 2e-15, in every quarter turn")
  func phasors() {
    for turns in stride(from: -2.0, through: 2, by: 0.0078125) {
      let (c, s) = PortableMath.phasor(turns: turns)
      let fraction = turns - turns.rounded()
      #expect(abs(c - cos(2 * .pi * fraction)) < 2e-15)
      #expect(abs(s - sin(2 * .pi * fraction)) < 2e-15)
    }
    #expect(PortableMath.phasor(turns: 0.25) == (0, 1))
  }
}
