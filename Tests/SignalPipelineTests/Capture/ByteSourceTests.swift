import Foundation
import SignalPipeline
import Synchronization
import SystemPackage
import Testing

@Suite struct ByteSourceTests {
  private func error(opening path: FilePath) -> FileError? {
    do {
      _ = try ByteSource(opening: path)
      return nil
    } catch {
      return error
    }
  }

  @Test("a missing file, a folder and a path through a file are told apart")
  func refused() throws {
    let fixture = try CaptureFixture()
    let file = try fixture.write([1], to: "a.cu8")
    let missing = fixture.folder.appending("b.cu8")
    #expect(
      error(opening: missing)?.description == "\(missing): cannot open: No such file or directory")
    #expect(error(opening: missing)?.kind == .missing)
    let through = file.appending("c.cu8")
    #expect(error(opening: through)?.description == "\(through): cannot open: Not a directory")
    #expect(error(opening: through)?.kind == .missing)
    let folder = fixture.folder
    let refusal = error(opening: folder)
    #expect(refusal?.reason.hasPrefix("this is a folder, not a capture") == true)
    #expect(refusal?.reason.contains("psdpipe classify \(folder) ") == true)
    #expect(refusal?.kind == .unsupported)
  }

  @Test("a file without permission to read is refused", .enabled(if: geteuid() != 0))
  func forbidden() throws {
    let fixture = try CaptureFixture()
    let file = try fixture.write([1], to: "a.cu8")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.string)
    #expect(error(opening: file)?.description == "\(file): cannot open: Permission denied")
    #expect(error(opening: file)?.kind == .inputOutput)
  }

  @Test("a failing read names the byte it would have begun with")
  func writeOnly() throws {
    let fixture = try CaptureFixture()
    let file = try fixture.write([1, 2, 3], to: "a.cu8")
    let descriptor = try FileDescriptor.open(file, .writeOnly)
    var source = try ByteSource(reading: descriptor, named: "a", closes: true)
    var caught: FileError?
    do throws(FileError) {
      _ = try source.skip(2)
      _ = try source.fill(1)
    } catch {
      caught = error
    }
    #expect(caught?.description == "a: byte 2: cannot read: Bad file descriptor")
  }

  @Test("bytes ahead of a file are looked at from anywhere, those of a pipe are not")
  func ahead() throws {
    let fixture = try CaptureFixture()
    let bytes = (0..<ByteSource.blockSize + 9000).map { UInt8(truncatingIfNeeded: $0 &* 5 / 3) }
    let path = try fixture.write([7, 7, 7] + bytes, to: "a.cu8")
    let descriptor = try FileDescriptor.open(path, .readOnly)
    // Places count from where the source began.
    try descriptor.seek(offset: 3, from: .start)
    var source = try ByteSource(reading: descriptor, named: "a", closes: true)
    for consumed in [0, 4000, ByteSource.blockSize - 2000] {
      _ = try source.skip(consumed - source.offset)
      _ = try source.fill(1000)
      for place in [0, 4001, ByteSource.blockSize + 17] {
        #expect(try source.bytes(at: place, count: 50) == Array(bytes[place..<place + 50]))
      }
      #expect(try source.bytes(at: bytes.count - 3, count: 50) == Array(bytes.suffix(3)))
      #expect(try source.bytes(at: bytes.count + 9, count: 50).isEmpty)
      #expect(try source.peek(1000) == Array(bytes[consumed..<consumed + 1000]))
    }
    let piped = try ByteSource(
      reading: CaptureFixture.pipe(bytes, piece: 100), named: "-", closes: true)
    #expect(try piped.bytes(at: 0, count: 4).isEmpty)
  }

  @Test("what a block leaves over joins the next block in one piece")
  func straddling() throws {
    let bytes = (0..<3 * ByteSource.blockSize + 5).map { UInt8(truncatingIfNeeded: $0 &* 7 / 3) }
    var source = try ByteSource(
      reading: CaptureFixture.pipe(bytes, piece: 77_777), named: "-", closes: true)
    var seen: [UInt8] = []
    while true {
      let count = try source.fill(16)
      if count == 0 { break }
      // Leaves from 0 to 15 bytes over.
      let taken = count < 16 ? count : count - seen.count % 16
      seen += source.unread.prefix(taken)
      source.consume(taken)
      let offset = source.offset
      #expect(offset == seen.count)
    }
    #expect(seen == bytes)
  }

  @Test("a limit that no input reaches cuts nothing off", arguments: [0, 1, 9, 5000])
  func farLimit(_ left: Int) throws {
    var source = try ByteSource(
      reading: CaptureFixture.pipe([1, 2, 3], piece: 3), named: "-", closes: true)
    _ = try source.fill(1)
    source.limit(to: .max - left)
    let bytes = try source.read(upTo: 4)
    #expect(bytes == [1, 2, 3])
  }

  @Test("a redirected file is read from where it stands")
  func redirected() throws {
    let fixture = try CaptureFixture()
    let descriptor = try FileDescriptor.open(
      fixture.write([1, 2, 3, 4, 5], to: "a.cu8"), .readOnly)
    try descriptor.seek(offset: 2, from: .start)
    var source = try ByteSource(reading: descriptor, named: "-", closes: true)
    let size = source.size
    #expect(size == 3)
    _ = try source.skip(1)
    _ = try source.fill(1)
    let unread = Array(source.unread)
    #expect(unread == [4, 5])
  }

  /// What the reading thread of ``interrupted()`` shares with the one that signals it.
  private final class Reading: Sendable {
    let thread = Atomic<UInt>(0)
    let timesAsked = Atomic(0)
    let outcome = Mutex<(bytes: Int, wasInterrupted: Bool)?>(nil)
  }

  @Test("a signal ends the input only where that is asked for")
  func interrupted() throws {
    // Without SA_RESTART, so that read(2) returns EINTR.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGUSR1, &action, nil)
    let ends = try FileDescriptor.pipe()
    let reading = Reading()
    Thread.detachNewThread {
      // A test may run on one of Dispatch's threads, whose blocked signals a new thread inherits.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGUSR1)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      reading.thread.store(UInt(pthread_self()), ordering: .releasing)
      do throws(FileError) {
        var source = try ByteSource(reading: ends.readEnd, named: "-", closes: true) {
          reading.timesAsked.add(1, ordering: .relaxed).newValue == 3
        }
        let bytes = try source.fill(8)
        let wasInterrupted = source.wasInterrupted
        reading.outcome.withLock { $0 = (bytes, wasInterrupted) }
      } catch {
        reading.outcome.withLock { $0 = (-1, false) }
      }
      // Outlives the last signal.
      while reading.thread.load(ordering: .acquiring) != 0 { usleep(100) }
    }
    while reading.outcome.withLock({ $0 == nil }) {
      let thread = reading.thread.load(ordering: .acquiring)
      if thread != 0 { pthread_kill(pthread_t(thread), SIGUSR1) }
      usleep(100)
    }
    reading.thread.store(0, ordering: .releasing)
    try ends.writeEnd.close()
    let outcome = reading.outcome.withLock { $0 }
    #expect(outcome?.bytes == 0)
    #expect(outcome?.wasInterrupted == true)
    #expect(reading.timesAsked.load(ordering: .relaxed) == 3)
  }

  @Test("more than a block is filled, and bytes go past the block and back, in the file's order")
  func filled() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8 ^ $0 >> 16) }
    let fixture = try CaptureFixture()
    let path = try fixture.write(bytes, to: "a")
    for isPiped in [false, true] {
      let descriptor =
        isPiped
        ? try CaptureFixture.pipe(bytes, piece: 60_001)
        : try FileDescriptor.open(path, .readOnly)
      var source = try ByteSource(reading: descriptor, named: "a", closes: true)
      source.limit(to: 2_500_000)
      var generator = SeededGenerator(seed: 8)
      var got: [UInt8] = []
      while true {
        #expect(source.offset == got.count)
        let count = Int(generator.uniform(1...Double(ByteSource.mostFilled)))
        if generator.uniform(0...1) < 0.5 {
          let filled = try source.fill(count)
          if filled == 0 { break }
          #expect(filled >= count || got.count + filled == 2_500_000)
          let taken = min(filled, count)
          got += source.unread.prefix(taken)
          source.consume(taken)
        } else {
          var buffer = [UInt8](repeating: 0, count: count)
          let read = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
          if read == 0 { break }
          // What is still unread would come before what is taken back.
          let isEmpty = source.unread.isEmpty
          let back = isEmpty ? min(read, 7) : 0
          if isEmpty {
            buffer.withUnsafeBytes {
              source.takeBack(UnsafeRawBufferPointer(rebasing: $0[(read - back)..<read]))
            }
          }
          got += buffer[..<(read - back)]
        }
      }
      #expect(got == Array(bytes[..<2_500_000]))
    }
  }
}
