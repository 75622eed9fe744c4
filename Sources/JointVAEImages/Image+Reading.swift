extension Image {
  public init(decoding bytes: [UInt8], name: String) throws {
    try self.init(png: bytes, name: name)
  }
}
