import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics

/// What a seed can be chosen by without labels.
public struct SeedCriteria: Hashable, Sendable {
  /// The mean loss of an image over the last tenth of the steps, in nats.
  public var loss: Double
  /// How well its variables agree with those of the other seeds (`UDRScore`), from 0 to 1; nil for a seed whose code carries
  /// nothing, and where no other seed's does.
  public var udr: Double?
  /// How well its categories agree with those of the other seeds (`CategoryAgreement`), up to 1; nil as ``udr``, and without
  /// discrete variables.
  public var agreement: Double?
  /// Whether its code tells images apart.
  public var carriesInformation: Bool

  /// The criteria of a seed.
  public init(loss: Double, udr: Double?, agreement: Double?, carriesInformation: Bool = true) {
    self.loss = loss
    self.udr = udr
    self.agreement = agreement
    self.carriesInformation = carriesInformation
  }

  /// How good a choice takes the seed to be: more is better. Seeds whose code carries nothing come last, as in `--restarts`;
  /// nil for others that the choice knows nothing of.
  public func merit(by choice: RestartChoice) -> Double? {
    guard carriesInformation else { return -.infinity }
    return switch choice {
    case .loss: -loss
    case .udr: udr
    case .agreement: agreement
    }
  }

  /// Measures runs that are trained to the end and differ in nothing but their seed, on the images that the first one holds
  /// back, or else learns from.
  ///
  /// - Parameters:
  ///   - folders: the runs.
  ///   - images: 1,024 of these are encoded.
  ///   - compute: threads and instructions; they change no number.
  /// - Throws: `FileError` when a file of a run cannot be read.
  package static func measured(
    of folders: [RunFolder], on images: some ImageSource, compute: Compute = .automatic
  ) throws -> [SeedCriteria] {
    let losses = try folders.map { folder in
      try MetricsWindow(
        contentsOf: folder.metrics, upTo: RunSummary(contentsOf: folder.summary).step
      ).requiredMean("loss")
    }
    let batch = ImageBatch(evenlyFrom: images, count: SeedComparison.imageCount)
    let encodings = try folders.map {
      try StoredModel($0.path).model.using(compute).encode(batch)
    }
    var criteria = zip(losses, encodings).map { loss, encoding in
      SeedCriteria(
        loss: loss, udr: nil, agreement: nil,
        carriesInformation: CodeInformation(encoding).total >= CodeInformation.emptyThreshold)
    }
    let places = criteria.indices.filter { criteria[$0].carriesInformation }
    let comparison = SeedComparison(places.map { encodings[$0] })
    for (place, score) in zip(places, try comparison.udr() ?? []) { criteria[place].udr = score }
    for (place, score) in zip(places, try comparison.agreement() ?? []) {
      criteria[place].agreement = score
    }
    return criteria
  }
}
