import JointVAE

/// Images whose values follow an integer formula: every third black, dim or bright.
struct FormulaImages: ImageSource {
  let count: Int
  var imageShape = ImageShape(size: 16)

  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>) {
    let length = imageShape.valueCount
    for (place, index) in indices.enumerated() {
      for i in 0..<length {
        destination[place * length + i] = value(index, i)
      }
    }
  }

  /// The values of image `index`, from 0 to 1.
  func values(of index: Int) -> [Double] {
    (0..<imageShape.valueCount).map { Double(value(index, $0)) / 255 }
  }

  private func value(_ index: Int, _ i: Int) -> UInt8 {
    UInt8(Oracle.noise(index, i) % 256 * (index % 3) / 2)
  }
}

extension JointVAEModel {
  /// A copy with some tensors replaced: by name the new value of every element.
  func with(_ values: [String: Float]) throws -> JointVAEModel {
    var tensors = tensors
    for i in tensors.indices {
      if let value = values[tensors[i].name] {
        tensors[i].elements = .float32(Array(repeating: value, count: tensors[i].elementCount))
      }
    }
    return try JointVAEModel(tensors: tensors, temperature: temperature, named: "test")
  }

  /// A copy with some tensors multiplied: by name the factor.
  func scaled(_ factors: [String: Float]) throws -> JointVAEModel {
    var tensors = tensors
    for i in tensors.indices {
      let factor = factors[tensors[i].name] ?? 1
      tensors[i].elements = .float32(tensors[i].floats.map { $0 * factor })
    }
    return try JointVAEModel(tensors: tensors, temperature: temperature, named: "test")
  }

  /// A copy whose posterior differs from image to image.
  func attentive() throws -> JointVAEModel {
    var factors: [String: Float] = ["fc_mean.weight": 40]
    for i in latents.discrete.indices { factors["fc_alphas.\(i).weight"] = 400 }
    return try scaled(factors)
  }

  /// A copy whose decoder draws `logit` everywhere, whatever the latents.
  func withConstantDecoder(logit: Float) throws -> JointVAEModel {
    let last = tensors.map(\.name).filter { $0.hasPrefix("features_to_img") }.sorted().last ?? ""
    let stem = last.split(separator: ".").dropLast().joined(separator: ".")
    return try with(["\(stem).weight": 0, "\(stem).bias": logit])
  }

  /// A copy whose posterior is the prior for every image.
  func withPriorPosterior() throws -> JointVAEModel {
    var zeros: [String: Float] = [:]
    for name in tensors.map(\.name)
    where name.hasPrefix("fc_mean") || name.hasPrefix("fc_log_var") || name.hasPrefix("fc_alphas") {
      zeros[name] = 0
    }
    return try with(zeros)
  }
}
