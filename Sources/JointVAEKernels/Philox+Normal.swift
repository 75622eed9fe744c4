import CLibrary

extension Philox {
  /// Two independent numbers of the standard normal distribution from two random words (Box and Muller 1958).
  public static func normals(_ first: UInt32, _ second: UInt32) -> (Float, Float) {
    // The half keeps the logarithm's argument above 0.
    let radius = (-2 * log((Double(first) + 0.5) * 0x1p-32)).squareRoot()
    let angle = 2 * Double.pi * (Double(second) * 0x1p-32)
    return (Float(radius * cos(angle)), Float(radius * sin(angle)))
  }
}
