extension ImageBatch {
  /// `count` of the images of a source at equal distances, or all of a smaller source: they show every class of a sorted one.
  public init(evenlyFrom source: some ImageSource, count: Int) {
    let count = min(count, source.count)
    self.init(source, at: (0..<count).map { $0 * source.count / count })
  }
}
