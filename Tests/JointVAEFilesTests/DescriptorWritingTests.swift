import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("Writing to an open file")
struct DescriptorWritingTests {
  @Test("writes every byte, where the file stands or at an offset")
  func places() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      let descriptor = open(path, O_RDWR | O_CREAT, 0o644)
      defer { close(descriptor) }
      try Array("one two".utf8).withUnsafeBytes { try writeAll($0, to: descriptor) }
      try Array("six".utf8).withUnsafeBytes { try writeAll($0, to: descriptor, at: 4) }
      try Array("!".utf8).withUnsafeBytes { try writeAll($0, to: descriptor) }
      try [UInt8]().withUnsafeBytes { try writeAll($0, to: descriptor) }
      #expect(try BoundedFile.read(path, limit: 100) == Array("one six!".utf8))
    }
  }

  @Test("fills a pipe that takes less than it is given, a reader emptying it meanwhile")
  func pipe() async throws {
    let pipe = Pipe()
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let reader = Task.detached { try pipe.fileHandleForReading.readToEnd() }
    try bytes.withUnsafeBytes { try writeAll($0, to: pipe.fileHandleForWriting.fileDescriptor) }
    try pipe.fileHandleForWriting.close()
    #expect(try await reader.value.map(Array.init) == bytes)
  }

  @Test("reports the system's reason and how many bytes were written")
  func refusal() {
    let error = #expect(throws: IncompleteWrite.self) {
      try [UInt8(1)].withUnsafeBytes { try writeAll($0, to: -1) }
    }
    #expect(error == IncompleteWrite(writtenCount: 0, code: EBADF))
    #expect(error?.reason == "Bad file descriptor")
  }
}
