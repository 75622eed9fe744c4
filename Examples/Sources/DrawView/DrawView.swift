#if canImport(SwiftUI) && canImport(CoreGraphics)
  import CoreGraphics
  import JointVAE
  import JointVAEModels
  import SwiftUI

  /// A digit that follows two sliders: the first two continuous latents of a trained model.
  public struct DrawView: View {
    @State private var category = 0
    @State private var first = 0.0
    @State private var second = 0.0
    @State private var picture: CGImage?
    private let model: JointVAEModel

    /// A view that draws with the model of MNIST.
    public init() throws { model = try PretrainedModel.mnist.load() }

    /// The digit above the sliders.
    public var body: some View {
      VStack {
        if let picture {
          Image(decorative: picture, scale: 1).interpolation(.none).resizable()
            .aspectRatio(1, contentMode: .fit)
        }
        Picker("Category", selection: $category) {
          ForEach(0..<model.latents.discrete[0], id: \.self) { Text("\($0)") }
        }
        Slider(value: $first, in: -2...2) { Text("z0") }
        Slider(value: $second, in: -2...2) { Text("z1") }
      }
      .task(id: [Double(category), first, second]) {
        // A new place of a slider cancels the drawing of the last one.
        picture = try? await draw()
      }
    }

    private func draw() async throws -> CGImage? {
      var code = LatentCode(model.latents)
      code[continuous: 0] = Float(first)
      code[continuous: 1] = Float(second)
      code[discrete: 0] = category
      let image = try await model.decode([code])
      let side = image.shape.size
      let bytes = image.bytes(of: 0)
      guard let data = CFDataCreate(nil, bytes, bytes.count),
        let provider = CGDataProvider(data: data)
      else { return nil }
      return CGImage(
        width: side, height: side, bitsPerComponent: 8, bitsPerPixel: 8, bytesPerRow: side,
        space: CGColorSpaceCreateDeviceGray(), bitmapInfo: CGBitmapInfo(), provider: provider,
        decode: nil, shouldInterpolate: false, intent: .defaultIntent)
    }
  }
#endif
