extension Float {
  /// The value of the IEEE 754 binary16 number with this bit pattern. (`Float16` is missing on Intel Macs.)
  package init(binary16 bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:  // Zero and subnormal numbers: a multiple of 2^-24.
      self.init(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
    case 31:  // Infinity, and NaN with its payload.
      self.init(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default:  // The exponent's bias is 15 here and 127 there.
      self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
