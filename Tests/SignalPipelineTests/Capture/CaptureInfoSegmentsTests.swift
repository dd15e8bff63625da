import SignalPipeline
import Testing

@Suite struct CaptureInfoSegmentsTests {
  private static func info(_ segments: [CaptureSegment], rate: Double? = 1000) -> CaptureInfo {
    CaptureInfo(path: "a", format: .cu8, sampleRate: rate, segments: segments)
  }

  @Test("stretches end where the centre changes or samples are missing")
  func stretches() {
    let info = Self.info([
      CaptureSegment(start: 0, count: 10, dataOffset: 0, centerFrequency: 1),
      CaptureSegment(start: 10, count: 5, dataOffset: 0, centerFrequency: 1, continues: true),
      CaptureSegment(start: 15, count: 5, dataOffset: 0, centerFrequency: 2, continues: true),
      CaptureSegment(start: 20, count: 5, dataOffset: 0, centerFrequency: 2),
      CaptureSegment(start: 25, count: 5, dataOffset: 0, continues: true),
      CaptureSegment(start: 30, count: 5, dataOffset: 0, continues: true),
    ])
    #expect(info.stretches.map(\.start) == [0, 15, 20, 25])
    #expect(info.stretches.map(\.count) == [15, 5, 5, nil])
    #expect(Self.info([]).stretches.map(\.start) == [0])
    #expect(Self.info([]).stretches.map(\.count) == [nil])
  }

  @Test("a sample's centre is its segment's; without segments it is the capture's")
  func centers() {
    let info = Self.info([
      CaptureSegment(start: 0, count: 10, dataOffset: 0, centerFrequency: 1),
      CaptureSegment(start: 10, count: 5, dataOffset: 0),
      CaptureSegment(start: 15, count: nil, dataOffset: 0, centerFrequency: 3),
    ])
    #expect([0, 9, 10, 14, 15, 99].map(info.centerFrequency(at:)) == [1, 1, nil, nil, 3, 3])
    let plain = CaptureInfo(path: "a", format: .cu8, centerFrequency: 7)
    #expect(plain.centerFrequency(at: 5) == 7)
    #expect((try? info.checkOneCenter()) == nil)
    #expect((try? plain.checkOneCenter()) != nil)
    #expect((try? Self.info(Array(info.segments[..<1])).checkOneCenter()) != nil)
  }

  @Test(
    "a sample's time is its segment's and the samples' since, to a microsecond",
    arguments: [
      ("2024-02-29T23:59:59Z", 0, "2024-02-29T23:59:59Z"),
      ("2024-02-29T23:59:59Z", 1, "2024-02-29T23:59:59.001000Z"),
      ("2024-02-29T23:59:59.5Z", 500, "2024-03-01T00:00:00.000000Z"),
      ("1999-12-31T23:59:59.123456789Z", 86_400_000, "2000-01-01T23:59:59.123456789Z"),
      ("1955-11-05T14:00:00.000Z", 1, "1955-11-05T14:00:00.001000Z"),
      ("2016-12-31T23:59:60Z", 0, "2016-12-31T23:59:60Z"),
      ("2016-12-31T23:59:60Z", 1, "2017-01-01T00:00:00.001000Z"),
      ("9999-12-31T23:59:59Z", 1000, nil),
    ])
  func times(_ begin: String, _ sample: Int, _ expected: String?) {
    let info = Self.info([
      CaptureSegment(start: 0, count: 10, dataOffset: 0),
      CaptureSegment(start: 10, count: nil, dataOffset: 0, startTime: begin),
    ])
    #expect(info.time(at: 10 + sample) == expected)
    #expect(info.time(at: 9) == nil)
    var plain = CaptureInfo(path: "a", format: .cu8, startTime: begin)
    #expect(plain.time(at: 0) == begin)
    #expect(plain.time(at: 1) == nil)
    plain.sampleRate = 1000
    #expect(plain.time(at: sample) == expected)
  }
}
