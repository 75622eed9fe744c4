import JointVAE

extension NetworkDescription {
  /// The network as a module of PyTorch: the text of a Python file with a class `JointVAE`, whose names are those of the
  /// tensors, so that it loads a state dictionary of the model with `strict=True`.
  ///
  /// Images are `[n, channels, height, width]` from 0 to 1. `encode` gives mean, log variance and the probabilities of each
  /// categorical; `decode` takes codes `[n, dimension]`; `forward` reconstructs, with z its mean and c its most probable
  /// category.
  public var pythonModule: String {
    """
    \"\"\"A JointVAE for images of \(imageShape) values (height, width, channels), latents \(latents).

        model = JointVAE()
        model.load_state_dict(torch.load("model.pt", weights_only=True))
        images = model(images)  # [n, \(imageShape.channels), \(imageShape.height), \(imageShape.width)] from 0 to 1
    \"\"\"

    import torch
    from torch import nn

    \(isRounding ? Self.pythonRounding : "")
    class JointVAE(nn.Module):
        def __init__(self):
            super().__init__()
    \(pythonLayers.map { "        " + $0 }.joined(separator: "\n"))

        def encode(self, images):
            \"\"\"Mean and log variance of z and the probabilities of each c; None and [] where there are none.\"\"\"
            hidden = self.features_to_hidden(self.img_to_features(images).flatten(1))
    \(pythonHeads.map { "        " + $0 }.joined(separator: "\n"))

        def decode(self, codes):
            \"\"\"Images of codes [n, \(latents.dimension)]: z, then a number for each category of each c.\"\"\"
            features = self.latent_to_features(codes).view(-1, \(pythonFeatures))
            return self.features_to_img(features)

        def forward(self, images):
            \"\"\"Reconstructions: z is its mean, and c its most probable category.\"\"\"
            mean, _, alphas = self.encode(images)
            codes = [] if mean is None else [mean]
            codes += [nn.functional.one_hot(a.argmax(1), a.shape[1]).to(a.dtype) for a in alphas]
            return self.decode(torch.cat(codes, 1))

    """
  }

  /// Whether a convolution halves a plane of an odd side.
  private var isRounding: Bool {
    layers.contains {
      guard $0.kind == .convolution, case .planes(let height, let width, _) = $0.input else {
        return false
      }
      return height % 2 != 0 || width % 2 != 0
    }
  }

  /// Halving rounded up, which PyTorch rounds down, and its transposed twin.
  private static let pythonRounding = """

    class Halve(nn.Conv2d):
        \"\"\"A 4x4 convolution of stride 2 and padding 1. An odd side gets one more row or column of zeros at its end.\"\"\"

        def __init__(self, inputs, outputs):
            super().__init__(inputs, outputs, 4, stride=2, padding=1)

        def forward(self, x):
            return super().forward(nn.functional.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2)))


    class Double(nn.ConvTranspose2d):
        \"\"\"The transposed convolution, cut to the size that was halved.\"\"\"

        def __init__(self, inputs, outputs, height, width):
            super().__init__(inputs, outputs, 4, stride=2, padding=1)
            self.height, self.width = height, width

        def forward(self, x):
            return super().forward(x)[:, :, : self.height, : self.width]


    """

  /// `64, 3, 5`: channels, height and width of the features.
  private var pythonFeatures: String {
    guard let last = layers.prefix(while: { $0.kind != .dense }).last,
      case .planes(let height, let width, let channels) = last.output
    else { return "-1" }
    return "\(channels), \(height), \(width)"
  }

  /// The statements that make the layers, each a line or several.
  private var pythonLayers: [String] {
    var lines: [String] = []
    var index = 0
    while index < layers.count {
      if layers[index].kind == .heads {
        lines += pythonHeadLayers(layers[index].input.count)
        index += 1
        continue
      }
      // `img_to_features.0`, `img_to_features.2` and so on are one sequence.
      let name = layers[index].name.prefix { $0 != "." }
      let part = layers[index...].prefix {
        $0.kind != .heads && $0.name.prefix { $0 != "." } == name
      }
      lines.append("self.\(name) = nn.Sequential(")
      lines += part.map { "    \(pythonLayer($0)), \(Self.pythonActivation($0.activation))," }
      lines.append(")")
      index += part.count
    }
    return lines
  }

  private func pythonLayer(_ layer: NetworkLayer) -> String {
    let (inputs, outputs) = (layer.input.channels, layer.output.channels)
    switch layer.kind {
    case .convolution:
      return isRounding
        ? "Halve(\(inputs), \(outputs))"
        : "nn.Conv2d(\(inputs), \(outputs), 4, stride=2, padding=1)"
    case .sameConvolution: return "nn.Conv2d(\(inputs), \(outputs), 3, padding=1)"
    case .transposedConvolution:
      guard isRounding, case .planes(let height, let width, _) = layer.output else {
        return "nn.ConvTranspose2d(\(inputs), \(outputs), 4, stride=2, padding=1)"
      }
      return "Double(\(inputs), \(outputs), \(height), \(width))"
    case .dense, .heads: return "nn.Linear(\(layer.input.count), \(layer.output.count))"
    }
  }

  private static func pythonActivation(_ activation: NetworkLayer.Activation) -> String {
    switch activation {
    case .none: "nn.Identity()"
    case .rectified: "nn.ReLU()"
    case .leaky: "nn.LeakyReLU(\(HiddenActivation.leaky.slope))"
    case .sigmoid: "nn.Sigmoid()"
    }
  }

  private func pythonHeadLayers(_ units: Int) -> [String] {
    var lines: [String] = []
    if latents.continuous > 0 {
      lines += ["fc_mean", "fc_log_var"].map {
        "self.\($0) = nn.Linear(\(units), \(latents.continuous))"
      }
    }
    if !latents.discrete.isEmpty {
      let sizes = latents.discrete.map(String.init).joined(separator: ", ")
      lines.append(
        "self.fc_alphas = nn.ModuleList(nn.Linear(\(units), size) for size in [\(sizes)])")
    }
    return lines
  }

  private var pythonHeads: [String] {
    let mean =
      latents.continuous > 0 ? "self.fc_mean(hidden), self.fc_log_var(hidden)" : "None, None"
    let alphas =
      latents.discrete.isEmpty
      ? "[]" : "[torch.softmax(head(hidden), 1) for head in self.fc_alphas]"
    return ["return \(mean), \(alphas)"]
  }
}
