import Foundation
import TestSupport
import Testing

/// The table in docs/architecture.md lists what each folder of Sources imports, from the top of the house to the bottom.
///
/// Swift lets a file import whatever a dependency of its target depends on, so the compiler alone does not keep imports
/// pointing downward.
@Suite("The architecture")
struct ArchitectureTests {
  /// A folder of Sources: its place in the table and the modules that its row lists.
  private struct Room {
    var name: String
    var place: Int
    var imports: Set<String>
  }

  /// Modules that come with the toolchain; any room may import them.
  private static let toolchain: Set<String> = [
    "Android", "Darwin", "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Musl",
    "Synchronization",
  ]

  @Test("lists every folder of Sources once")
  func folders() throws {
    let listed = try Self.rooms().map(\.name)
    let sources = "\(SharedFiles.packageFolder)/Sources"
    let present = try FileManager.default.contentsOfDirectory(atPath: sources)
    #expect(listed.sorted() == present.filter { !$0.hasPrefix(".") }.sorted())
  }

  @Test("lists what each folder imports, and no more")
  func imports() throws {
    for room in try Self.rooms() {
      #expect(
        try Self.imported(by: room.name) == room.imports,
        "Imports of Sources/\(room.name) and of its row in docs/architecture.md")
    }
  }

  @Test("has imports that point downward only")
  func direction() throws {
    let rooms = try Self.rooms()
    let places = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0.place) })
    for room in rooms {
      for name in room.imports {
        guard let place = places[name] else { continue }
        #expect(place > room.place, "\(room.name) imports \(name), which stands above it")
      }
    }
  }

  /// Rows such as ``| `JointVAEData` | Data sets. | `JointVAE`, `CZlib` |``; one may list several folders.
  private static func rooms() throws -> [Room] {
    let text = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/docs/architecture.md", encoding: .utf8)
    let section = text.components(separatedBy: "\n## ")[0]
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }
    return rows.enumerated().flatMap { place, row in
      let cells = row.split(separator: "|", omittingEmptySubsequences: false)
      let imports = Set(names(in: cells[3]))
      return names(in: cells[1]).map { Room(name: $0, place: place, imports: imports) }
    }
  }

  private static func names(in cell: Substring) -> [String] {
    cell.matches(of: /`(?<name>[A-Z][A-Za-z]*)`/).map { String($0.name) }
  }

  /// The modules that Swift files of a folder import, but for the toolchain's.
  private static func imported(by folder: String) throws -> Set<String> {
    let path = "\(SharedFiles.packageFolder)/Sources/\(folder)"
    let files = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var names: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
      let lines = text.matches(
        of:
          /(?m)^\s*(@[A-Za-z_]+ |public |package |internal )*import (struct |enum )?(?<name>[A-Z][A-Za-z]*)/
      )
      names.formUnion(lines.map { String($0.name) })
    }
    return names.subtracting(toolchain)
  }
}
