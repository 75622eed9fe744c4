import JointVAEPictures
import ArgumentParser
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, look at and fetch data sets.",
    subcommands: [
      DataListCommand.self, DataShowCommand.self, DataFetchCommand.self, DataCacheCommand.self,
    ])
}

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the data sets that are known by name.",
    discussion: """
      Commands look for the files of a data set in the path that --data names. Without --data they look in the folder of \
      its name under $JOINTVAE_DATA, and then in the user's cache.
      """)

  func run() throws { try StandardOutput.print(DataSetList().text) }
}

struct DataShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what is in a data set and draw some of its images.",
    discussion: """
        jointvae data show shapes -o sheet.png
        jointvae data show four-shapes --data archive.zip -o sheet.png
        jointvae data show ./my-photos --image-size 64 --rgb
      """)

  @Argument(
    help: "The data set: a known name or a path.", completion: Completions.dataSets)
  var dataset: String

  @Option(name: .shortAndLong, help: "The .png file to draw images into, a row a class.")
  var output: String?

  @OptionGroup
  var terminal: ShowOption

  @Option(parsing: .unconditional, help: "Images in a row.")
  var columns = 10

  @Option(parsing: .unconditional, help: "Pixels a side that each pixel becomes.")
  var scale = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Height and width to prepare, such as 64, or 48x80. (default: what holds the images)",
      valueName: "pixels"),
    transform: ImageSize.init(text:))
  var imageSize: ImageSize?

  @OptionGroup(title: "Data")
  var data: DataOptions

  func validate() throws {
    if let output { try Parsing.requireExtension(["png"], of: output) }
    try Parsing.requirePositive(("--columns", columns), ("--scale", scale))
  }

  func run() throws {
    let images = try data.load(
      dataset, size: imageSize, usual: .train, printsRemarks: false)
    if let output {
      try Pictures.contactSheet(of: images, columns: columns, scale: scale).writePNG(to: output)
    }
    try StandardOutput.print(DataSetDescription(images).text)
    try terminal.draw(Pictures.contactSheet(of: images, columns: columns, scale: scale))
  }
}

struct DataCacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "List the prepared images that are kept, or remove them.",
    discussion: """
      Images that were decoded and resized once are kept in the user's folder for caches, so that the next start is \
      immediate. They are made anew when their files or the settings change; nothing is lost when they are removed.

        jointvae data cache
        jointvae data cache --clear
      """)

  @Flag(help: "Remove all of them.")
  var clear = false

  func run() throws {
    guard let cache = PreparedCache.standard() else {
      throw DataSetError(
        "cache", "is nowhere: none of XDG_CACHE_HOME and HOME is set; set one of them")
    }
    if clear {
      let (fileCount, byteCount) = try cache.clear()
      try StandardOutput.print(
        "removed \(fileCount) files of \(NumberText.megabytes(byteCount)) from \(cache.folder)")
    } else {
      try StandardOutput.print(CacheList(cache).text)
    }
  }
}
