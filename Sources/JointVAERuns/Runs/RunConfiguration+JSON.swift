import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles

extension RunConfiguration {
  /// Bytes beyond which a config.json is none of ours.
  private static let sizeLimit = 1 << 20

  /// Reads a run's settings.
  /// - Throws: `FileError` naming the file and the key that is missing, of another type or out of range.
  public init(contentsOf path: String) throws {
    try self.init(json: BoundedFile.read(path, limit: Self.sizeLimit), named: path)
  }

  /// Reads the settings of a run that is to go on.
  ///
  /// A later version may train otherwise with the same settings, so its runs are not for this one.
  /// - Throws: `FileError` as ``init(contentsOf:)``, and for a file that a later version wrote.
  init(ofRunToGoOnWith path: String) throws {
    let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
    try self.init(json: bytes, named: path)
    guard let text = try? JSONDecoder().decode(Origin.self, from: Data(bytes)).versions?["jointvae"]
    else { return }
    guard let version = SemanticVersion(text) else {
      throw FileError(
        path,
        "was written by version \(text.quoted); expected one such as \(PackageVersion.current)")
    }
    if let current = SemanticVersion(PackageVersion.current), version > current {
      throw FileError(
        path,
        "was written by version \(text.printable(limit: 60)), which is later than this one, "
          + "\(PackageVersion.current); go on with that version, or begin another run")
    }
  }

  /// What wrote a file.
  private struct Origin: Decodable {
    var versions: [String: String]?
  }

  /// Reads settings that are in memory.
  /// - Parameter path: what errors call them.
  package init(json: some Sequence<UInt8>, named path: String) throws {
    do {
      let document = try JSONDecoder().decode(Document.self, from: Data(json))
      guard let configuration = document.configuration else {
        throw FileError(
          path,
          "has format \(document.format); this program reads format \(Document.currentFormat)")
      }
      self = configuration
      try validate()
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    } catch let error as ConfigurationError {
      throw FileError(path, error.description)
    }
  }

  /// Writes the settings as JSON with sorted keys, one a line: the same settings give the same bytes.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write(to path: String) throws {
    try AtomicFile.write(json(), to: path)
  }

  /// The settings as JSON with sorted keys, one a line.
  package func json() throws -> String { try JSONText.encode(Document(self)) }

  /// `config.json` as it is laid out: the settings of ``SettingTable`` that have a key, and what is no setting.
  private struct Document: Codable {
    static let currentFormat = 1

    typealias Key = StoredSetting.Key

    let format: Int
    private let run: RunConfiguration?

    init(_ run: RunConfiguration) {
      format = Self.currentFormat
      self.run = run
    }

    /// Reads the format first: nothing else is known of a later one.
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      format = try values.decode(Int.self, forKey: Key("format"))
      guard format == Self.currentFormat else {
        run = nil
        return
      }
      let shape = try values.decode(ImageShape.self, forKey: Key("imageShape"))
      let images = try values.decode(ImagesDocument.self, forKey: Key("images"))
      var run = RunConfiguration(
        training: TrainingConfiguration(
          imageShape: shape, latents: LatentSpec(continuous: 0)),
        images: try images.reference(), recipe: "")
      for setting in SettingTable.all { try setting.stored?.read(values, &run) }
      run.training.length = try Self.length(
        epochs: values.decodeIfPresent(Int.self, forKey: Key("epochs")),
        steps: values.decodeIfPresent(Int.self, forKey: Key("steps")))
      self.run = run
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      try values.encode(format, forKey: Key("format"))
      try values.encode(["jointvae": PackageVersion.current], forKey: Key("versions"))
      guard let run else { return }
      try values.encode(run.training.imageShape, forKey: Key("imageShape"))
      try values.encode(ImagesDocument(run.images), forKey: Key("images"))
      for setting in SettingTable.all { try setting.stored?.write(run, &values) }
      switch run.training.length {
      case .epochs(let count): try values.encode(count, forKey: Key("epochs"))
      case .steps(let count): try values.encode(count, forKey: Key("steps"))
      }
    }

    /// The settings; nil for another format.
    var configuration: RunConfiguration? { run }

    private static func length(epochs: Int?, steps: Int?) throws -> TrainingLength {
      switch (epochs, steps) {
      case (let count?, nil): return .epochs(count)
      case (nil, let count?): return .steps(count)
      default:
        throw ConfigurationError(
          "length", epochs == nil ? "missing" : "given twice",
          expected: "either \"epochs\" or \"steps\"")
      }
    }
  }

  private struct ImagesDocument: Codable {
    var request: DataSetRequest
    var validation: String
    var count: Int
    var fingerprint: String
    var inverted: Bool?

    init(_ reference: ImagesReference) {
      request = reference.request
      validation = reference.validation.description
      count = reference.count
      fingerprint = reference.fingerprint
      inverted = reference.isInverted
    }

    func reference() throws -> ImagesReference {
      var reference = ImagesReference(
        request, validation: try ValidationShare(parsing: validation))
      reference.count = count
      reference.fingerprint = fingerprint
      reference.isInverted = inverted
      return reference
    }
  }
}
