import JointVAEFiles

/// Bytes one after the other: from a file as they lie there, or unpacked on the way.
///
/// Readers of a format are written against this, so that a plain file, a packed one and a piece of
/// an archive look alike to them.
package protocol ByteSource: AnyObject {
  /// The file the bytes come from, for messages.
  var path: String { get }
  /// The most bytes there can be in all. A header that promises more is wrong, whatever follows it.
  var largestByteCount: Int { get }
  /// Copies the next bytes to the start of `buffer`.
  ///
  /// - Returns: how many were copied, at least one; 0 at the end.
  /// - Throws: `FileError` when the bytes cannot be read or unpacked.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteSource {
  /// Fills `buffer` as far as there are bytes.
  ///
  /// - Returns: how many were copied; fewer than asked for only at the end.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = 0
    while count < buffer.count {
      let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if got == 0 { break }
      count += got
    }
    return count
  }

  /// The next `count` bytes, or fewer at the end.
  package func next(_ count: Int) throws -> [UInt8] {
    try [UInt8](filling: count) { buffer, initialized in
      initialized = try fill(UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

/// Opens files to read their bytes, unpacking what is packed.
package enum ByteSources {
  /// The bytes of the file at `path`; those of a gzip file come unpacked, whatever its name.
  ///
  /// - Throws: `FileError` when the file is missing, is a folder, or cannot be read.
  package static func open(_ path: String) throws -> any ByteSource {
    let file = try FileBytes(path)
    return try FileFormat(file.start(2)) == .gzip ? GzipBytes(file) : file
  }
}
