import CLibrary

/// Where the files of a named data set are looked for.
public struct DataRoots: Hashable, Sendable {
  /// Folders that have a folder for each data set, in the order they are looked through.
  public var folders: [String]

  /// The folder that the environment's `JOINTVAE_DATA` names, then `jointvae` in the user's folder
  /// for caches: `XDG_CACHE_HOME`, or `~/.cache`, or `~/Library/Caches` on macOS.
  ///
  /// - Parameter environment: the value of an environment variable, nil when it is not set.
  public init(environment: (String) -> String? = DataRoots.processEnvironment) {
    let chosen = environment("JOINTVAE_DATA").flatMap { $0.isEmpty ? nil : $0 }
    folders = [chosen, Self.cacheFolder(environment: environment)].compactMap { $0 }
  }

  /// `jointvae` in the user's folder for caches, where downloads and prepared images are kept; nil
  /// when the environment names no such folder.
  public static func cacheFolder(
    environment: (String) -> String? = DataRoots.processEnvironment
  ) -> String? {
    func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    #if os(macOS)
      let cache = value("HOME").map { "\($0)/Library/Caches" }
    #else
      // The XDG specification has relative paths ignored.
      let chosen = value("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      let cache = chosen ?? value("HOME").map { "\($0)/.cache" }
    #endif
    return cache.map { "\($0)/jointvae" }
  }

  /// Looks through `folders`.
  public init(folders: [String]) {
    self.folders = folders
  }

  /// The value of a variable of this process's environment.
  public static func processEnvironment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
