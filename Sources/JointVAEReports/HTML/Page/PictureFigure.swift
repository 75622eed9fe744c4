import JointVAEFiles

/// Pictures in their figures, with what they show in words.
enum PictureFigure {
  /// A figure of `picture`.
  ///
  /// - Parameters:
  ///   - alternative: what is to be seen, for who cannot see it.
  ///   - caption: the figure's title.
  static func html(
    _ picture: ReportPicture, alternative: String, caption: HTML
  ) -> HTML {
    // Twice its pixels, or less where a tall one would push all else away.
    let scale = min(2, max(1, 560 / Double(picture.height)))
    let kind: HTML = picture.isAnimation ? " class=\"animation\"" : .empty
    let remark: HTML = picture.remark.map { " <small>\($0)</small>" } ?? .empty
    return """
      <figure class="picture">
      <figcaption>\(caption)\(remark)</figcaption>
      <img\(kind) src="\(picture.resource)" width="\(Int(Double(picture.width) * scale))" height="\(Int(Double(picture.height) * scale))" alt="\(alternative)" decoding="async">
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
    return html(
      picture,
      alternative: "\(contents.run.name): \(pairs)a row of \(figure.columns) images for each of "
        + "\(latents), which changes from left to right while the others stay.",
      caption: caption)
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
