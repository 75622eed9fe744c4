import JointVAEFiles

/// Pictures in their figures, with what they show in words.
enum PictureFigure {
  /// A figure of `picture`.
  ///
  /// - Parameters:
  ///   - alternative: what is to be seen, for readers who cannot see it.
  ///   - caption: the figure's title.
  ///   - rowLabels: texts beside the picture's rows, which are equally high; none by default.
  static func html(
    _ picture: ReportPicture, alternative: String, caption: HTML, rowLabels: [String] = []
  ) -> HTML {
    // Twice its pixels, or less where a tall one would push all else away.
    let scale = min(2, max(1, 560 / Double(picture.height)))
    let kind: HTML = picture.isAnimation ? " class=\"animation\"" : .empty
    let remark: HTML = picture.remark.map { " <small>\($0)</small>" } ?? .empty
    let image: HTML = """
      <img\(kind) src="\(picture.resource)" width="\(Int(Double(picture.width) * scale))" height="\(Int(Double(picture.height) * scale))" alt="\(alternative)" decoding="async">
      """
    let labels = rowLabels.map { "<li>\($0)</li>" as HTML }
    return """
      <figure class="picture">
      <figcaption>\(caption)\(remark)</figcaption>
      \(labels.isEmpty ? image : "<div class=\"rows\"><ol>\(labels)</ol>\(image)</div>" as HTML)
      </figure>
      """
  }

  /// Originals, reconstructions and the latents that carry most; nil where there is no such picture.
  static func key(of contents: RunContents, caption: HTML) -> HTML? {
    guard let (picture, figure) = contents.keyFigure else { return nil }
    let pairs =
      figure.hasOriginals
      ? "\(figure.columns) originals, below them their reconstructions, and then " : ""
    let latents = NumberText.list(figure.variables.map(\.description))
    let names = figure.categoryNames.map { $0.isEmpty ? "?" : $0 }
    let order: HTML =
      names.isEmpty
      ? .empty
      : " <small>c0 from left to right: <bdi>\(names.joined(separator: ", "))</bdi></small>"
    return html(
      picture,
      alternative: "\(contents.run.name): \(pairs)a row of \(figure.columns) images for each of "
        + "\(latents), which changes from left to right while the others stay.",
      caption: "\(caption)\(order)", rowLabels: figure.rowLabels)
  }

  /// All other pictures of a run.
  static func all(of contents: RunContents) -> HTML {
    let name = contents.run.name
    let latents = contents.configuration?.training.latents
    let rowsAreCategories = latents?.discrete.contains { $0 > 1 } ?? false
    var figures: [HTML] = []
    if let picture = contents.traversals {
      figures.append(
        html(
          picture,
          alternative:
            "\(name): every column sweeps one latent from end to end and back"
            + (rowsAreCategories ? ", every row keeps another category." : "."),
          caption: "Latent traversals"))
    }
    if let picture = contents.training {
      figures.append(
        html(
          picture,
          alternative:
            "\(name): rows of latent traversals, a frame after each epoch of the training.",
          caption: "The training, epoch by epoch"))
    }
    if let picture = contents.samples {
      figures.append(
        html(
          picture, alternative: "\(name): images decoded from draws of the prior.",
          caption: "Samples of the prior"))
    }
    if let picture = contents.reconstructions {
      figures.append(
        html(
          picture,
          alternative:
            "\(name): the upper half shows originals, the lower half their reconstructions.",
          caption: "Originals and reconstructions"))
    }
    guard !figures.isEmpty else { return "<p class=\"note\">No pictures.</p>" }
    return "<div class=\"pictures\">\(figures)</div>"
  }
}
