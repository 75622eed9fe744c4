/// Pictures of one size, shown one after the other.
public struct Animation: Equatable, Sendable {
  /// One picture and how long it stays.
  public struct Frame: Equatable, Sendable {
    /// The picture.
    public var image: Image
    /// How long it stays, in hundredths of a second. Browsers take less than 2 for 10.
    public var delay: Int

    /// A picture that stays for `delay` hundredths of a second.
    public init(image: Image, delay: Int) {
      self.image = image
      self.delay = delay
    }
  }

  /// The frames in the order of time.
  public var frames: [Frame]
  /// Whether it begins anew after the last frame, without end.
  public var isEndless: Bool

  /// An animation of `frames`.
  public init(frames: [Frame], isEndless: Bool = true) {
    self.frames = frames
    self.isEndless = isEndless
  }

  /// An endless animation of `images`, each shown for `delay` hundredths of a second.
  public init(_ images: [Image], delay: Int) {
    self.init(frames: images.map { Frame(image: $0, delay: delay) })
  }
}
