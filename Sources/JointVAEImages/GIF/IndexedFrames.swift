/// Frames as numbers of colors in one palette.
struct IndexedFrames {
  var palette: Palette
  /// For each frame, a number for each pixel.
  var indices: [[UInt8]]

  /// Gray frames: a value is its own number.
  init(gray images: [Image]) {
    palette = .grays
    indices = images.map(\.pixels)
  }

  /// RGB frames: exact where the palette suffices, otherwise as near as it gets.
  init(colored images: [Image]) {
    if let exact = Palette.exact(images) {
      palette = exact
      let numbers = Dictionary(
        uniqueKeysWithValues: exact.colors.enumerated().map { ($1, UInt8($0)) })
      indices = images.map { image in
        (0..<image.width * image.height).map { numbers[image.color(at: $0), default: 0] }
      }
      return
    }
    palette = .best(images)
    var dithering = Dithering(palette)
    indices = images.map { dithering.indices(of: $0) }
  }

  /// The way to store how frame `next` follows `previous` that takes the fewest bytes.
  func shortestPatch(from previous: [UInt8]?, to next: [UInt8], width: Int) throws -> FramePatch {
    guard let previous else { return FramePatch(whole: next, width: width) }
    let (plain, masked) = FramePatch.alternatives(
      from: previous, to: next, width: width, colorCount: palette.paddedColors.count)
    guard let masked else { return plain }
    let plainSize = try GIFEncoder.size(of: plain, palette: palette)
    return try GIFEncoder.size(of: masked, palette: palette) < plainSize ? masked : plain
  }
}
