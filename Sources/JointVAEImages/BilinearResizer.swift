import JointVAEFiles

/// Resizes images of one size to another, equal to Pillow's `Image.resize(size, BILINEAR)` to the
/// last bit, with its antialiasing when reducing.
///
/// One axis is resized after the other, with rounding to 8 bits between: the rows first, unless the
/// height shrinks by more than twice what the width does. (That exception is Pillow 13's; earlier
/// releases differ there by a rounding. It never applies to a square that becomes a square.)
/// Preparing the weights costs more than resizing a small image does, so keep the resizer for all
/// images of a size.
public struct BilinearResizer: Sendable {
  /// Values of one original image, `width * height * channels`.
  public let sourceCount: Int
  /// Values of one resized image.
  public let destinationCount: Int

  let channels: Int
  let oldWidth: Int
  let oldHeight: Int
  let newWidth: Int
  let newHeight: Int
  /// `nil` along an axis that keeps its size.
  let horizontal: BilinearAxis?
  let vertical: BilinearAxis?

  /// Whether the height is changed before the width: this saves work where it shrinks much more.
  private var isVerticalFirst: Bool {
    newHeight < oldHeight && oldHeight - newHeight > 2 * (oldWidth - newWidth)
  }

  /// A resizer for images of `channels` values a pixel.
  ///
  /// - Precondition: all sizes are positive and `channels` is from 1 to 4.
  public init(
    from old: (width: Int, height: Int), to new: (width: Int, height: Int), channels: Int = 1
  ) {
    precondition(
      old.width > 0 && old.height > 0 && new.width > 0 && new.height > 0, "sizes are positive")
    precondition((1...4).contains(channels), "an image has one to four channels")
    self.channels = channels
    (oldWidth, oldHeight) = old
    (newWidth, newHeight) = new
    sourceCount = oldWidth * oldHeight * channels
    destinationCount = newWidth * newHeight * channels
    horizontal = oldWidth == newWidth ? nil : BilinearAxis(from: oldWidth, to: newWidth)
    vertical = oldHeight == newHeight ? nil : BilinearAxis(from: oldHeight, to: newHeight)
  }

  /// Resizes any number of images that lie one after the other in `source` to `destination`.
  ///
  /// - Precondition: `source` holds whole images, and `destination` has room for as many:
  ///   `source.count / sourceCount * destinationCount` values.
  public func resize(
    _ source: UnsafeBufferPointer<UInt8>, to destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    let count = source.count / sourceCount
    precondition(source.count == count * sourceCount, "source does not hold whole images")
    precondition(destination.count == count * destinationCount, "destination does not fit")
    guard let from = source.baseAddress, let to = destination.baseAddress else { return }
    let betweenCount =
      (isVerticalFirst ? oldWidth * newHeight : newWidth * oldHeight) * channels
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: betweenCount) { between in
      guard let between = between.baseAddress else { return }
      for index in 0..<count {
        resize(from + index * sourceCount, between, to + index * destinationCount)
      }
    }
  }

  /// The resized image of `pixels`, or images where it holds several, `[index, y, x, channel]`.
  ///
  /// - Precondition: `pixels` holds whole images of `sourceCount` values.
  public func resize(_ pixels: [UInt8]) -> [UInt8] {
    let total = pixels.count / sourceCount * destinationCount
    return [UInt8](filling: total) { buffer, count in
      pixels.withUnsafeBufferPointer { source in
        resize(source, to: UnsafeMutableBufferPointer(rebasing: buffer[..<total]))
      }
      count = total
    }
  }

  private func resize(
    _ source: UnsafePointer<UInt8>, _ between: UnsafeMutablePointer<UInt8>,
    _ destination: UnsafeMutablePointer<UInt8>
  ) {
    switch (horizontal, vertical) {
    case (nil, nil):
      destination.update(from: source, count: destinationCount)
    case (let axis?, nil):
      resizeRows(of: source, count: oldHeight, along: axis, to: destination)
    case (nil, let axis?):
      resizeColumns(of: source, width: oldWidth, along: axis, to: destination)
    case (let width?, let height?) where isVerticalFirst:
      resizeColumns(of: source, width: oldWidth, along: height, to: between)
      resizeRows(of: between, count: newHeight, along: width, to: destination)
    case (let width?, let height?):
      resizeRows(of: source, count: oldHeight, along: width, to: between)
      resizeColumns(of: between, width: newWidth, along: height, to: destination)
    }
  }
}

extension Image {
  /// The image at another size, equal to Pillow's `resize((width, height), BILINEAR)` to the last
  /// bit. For many images of one size, keep a `BilinearResizer`.
  ///
  /// - Precondition: both sizes are positive.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    guard newWidth != width || newHeight != height else { return self }
    let resizer = BilinearResizer(
      from: (width, height), to: (newWidth, newHeight), channels: channels)
    return Image(
      width: newWidth, height: newHeight, channels: channels,
      pixels: resizer.resize(premultiplied.pixels)
    ).unpremultiplied
  }
}
