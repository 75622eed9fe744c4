/// A color as lightness and two differences from it, scaled so that equal distances look about
/// equally far: the eye sees steps of lightness first.
enum LumaChroma {
  /// How much a difference of blue or red from luma counts against one of luma.
  private static let chroma: Float = 0.5

  /// (luma of BT.601, blue - luma, red - luma, 0).
  static func position(red: Float, green: Float, blue: Float) -> SIMD4<Float> {
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return SIMD4(luma, chroma * (blue - luma), chroma * (red - luma), 0)
  }

  static func position(of color: Color) -> SIMD4<Float> {
    position(red: Float(color.red), green: Float(color.green), blue: Float(color.blue))
  }

  /// The nearest color of 8 bits.
  static func color(at position: SIMD4<Float>) -> Color {
    let blue = position.x + position.y / chroma
    let red = position.x + position.z / chroma
    let green = (position.x - 0.299 * red - 0.114 * blue) / 0.587
    func byte(_ value: Float) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }
    return Color(red: byte(red), green: byte(green), blue: byte(blue))
  }
}
