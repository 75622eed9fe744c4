import JointVAEData

extension LabeledImages {
  /// Every value of every image, in order.
  var bytes: [UInt8] { (0..<count).flatMap { image($0) } }

  /// FNV-1a of `bytes`: changes only when an image does.
  var fingerprint: UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
