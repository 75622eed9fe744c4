/// The bytes of a safetensors file with `header` as it stands, right or wrong, and `data` after it.
func safetensorsBytes(_ header: String, data: [UInt8] = []) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + header.utf8 + data
}

/// `floats` as little-endian bytes.
func littleEndian(_ floats: [Float]) -> [UInt8] {
  floats.flatMap { float in withUnsafeBytes(of: float.bitPattern.littleEndian) { Array($0) } }
}
