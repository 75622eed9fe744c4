import ArgumentParser
import Foundation
import JointVAEData
import JointVAEDownload
import JointVAEFiles
import JointVAERuns

struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download a data set's files.",
    discussion: """
      The command downloads mnist, fashion-mnist and dsprites from their mirrors and verifies checksums. It keeps the \
      files where the other commands look for them. An interrupted download continues where it stopped. For other data \
      sets the command prints the page that offers them. It uses the proxies in http_proxy, https_proxy and no_proxy.

      Files of any other set come from a web address, with a list of their names and checksums. The programs sha256sum \
      and md5sum print such lists.

        jointvae data fetch mnist
        jointvae data fetch mnist --to data/mnist
        jointvae data fetch four-shapes
        jointvae data fetch --checksums SUMS --mirror https://example.org --to set
      """)

  @Argument(
    help: "The data set: a name that jointvae data list shows.",
    completion: Completions.dataSetNames)
  var dataset: String?

  @Option(help: "The folder to put the files into. (default: the user's cache)")
  var to: String?

  @Option(
    help: ArgumentHelp(
      "A web address with the same files, asked before the usual ones.", valueName: "url"))
  var mirror: String?

  @Option(
    help: ArgumentHelp(
      "Fetch the files of this list from the mirror; its lines are those of sha256sum or md5sum.",
      valueName: "file"),
    completion: .file())
  var checksums: String?

  func validate() throws {
    if checksums != nil {
      guard dataset == nil else {
        throw ValidationError(
          "--checksums lists the files of a set that has no name here; leave out \(dataset ?? "the name")."
        )
      }
      guard mirror != nil, to != nil else {
        throw ValidationError(
          "--checksums needs an address and a folder; pass --mirror URL and --to FOLDER.")
      }
    } else if dataset == nil {
      throw ValidationError(
        "Missing the data set. Name one, such as mnist, or pass a list of files with --checksums.")
    }
    if let mirror, !(mirror.hasPrefix("http://") || mirror.hasPrefix("https://")) {
      throw ValidationError("--mirror is \(mirror); expected http://... or https://...")
    }
  }

  func run() throws {
    if let checksums, let mirror, let to {
      let list = try ChecksumList(contentsOf: checksums)
      try fetch(list.files(at: mirror), to: to)
      return
    }
    let known = try knownDataSet()
    guard let set = KnownDownload.all.first(where: { $0.dataSet == known.name }) else {
      throw DataSetError(known.name, instructions(for: known))
    }
    guard let folder = to ?? DataRoots.cacheFolder().map({ "\($0)/\(known.name)" }) else {
      throw DataSetError(
        known.name,
        "has no folder to go to: neither XDG_CACHE_HOME nor HOME is set; say --to FOLDER")
    }
    let files = set.files.map { file in
      var file = file
      if let mirror {
        file.download.mirrors.insert(
          mirror.hasSuffix("/") ? mirror + file.name : "\(mirror)/\(file.name)", at: 0)
      }
      return file
    }
    do {
      try fetch(files, to: folder)
    } catch let error as DownloadError where error.isUnreachable {
      throw DataSetError(known.name, Self.unreachable(error, known))
    }
  }

  /// Fetches files, one after the other, and prints the path of each.
  private func fetch(_ files: [KnownDownload.File], to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw FileError(folder, "cannot be made; choose another folder with --to") }
    // Gone again when nothing came.
    defer { rmdir(folder) }
    let monitor = DownloadMonitor()
    for file in files {
      let path = "\(folder)/\(file.name)"
      let isThere = try file.download.isSaved(at: path)
      // Also removes what is left beside a file that is whole.
      try file.download.save(to: path) { monitor.show(file.name, $0) }
      monitor.clear()
      try StandardOutput.print("\(path)\(isThere ? " is there already" : "")")
    }
  }

  /// What to do where there is no network.
  private static func unreachable(_ error: DownloadError, _ known: KnownDataSet) -> String {
    let first = error.failures.first.map { " (\($0.mirror) \($0.problem))" } ?? ""
    let page = known.origin.map { " \($0.files) from \($0.page)" } ?? " the files"
    return
      "no mirror can be reached\(first), so there seems to be no network. On a machine that has one, download"
      + "\(page), and pass their folder with --data; shapes and glyphs need no files"
  }

  private func knownDataSet() throws -> KnownDataSet {
    let dataset = dataset ?? ""
    if let known = KnownDataSet.named(dataset) { return known }
    let names = KnownDataSet.all.map(\.name)
    let guess = NearestName.of(dataset, among: names).map { "; did you mean \($0)?" } ?? "."
    throw DataSetError(
      dataset, "is no known data set\(guess) Known are \(names.joined(separator: ", "))")
  }

  private func instructions(for known: KnownDataSet) -> String {
    guard let origin = known.origin else {
      return "is generated; there is nothing to fetch, name it where a data set is expected"
    }
    return "is nothing this program can fetch: download \(origin.files) from "
      + "\(origin.page) and pass it with --data"
  }
}
