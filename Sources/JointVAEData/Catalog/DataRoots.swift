#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the files of a named data set are looked for.
public struct DataRoots: Hashable, Sendable {
  /// Folders that have a folder for each data set, in the order they are looked through.
  public var folders: [String]

  /// The folder that the environment's `JOINTVAE_DATA` names, then `jointvae` in the user's folder
  /// for caches: `XDG_CACHE_HOME`, or `~/.cache`, or `~/Library/Caches` on macOS.
  ///
  /// - Parameter environment: the value of an environment variable, nil when it is not set.
  public init(environment: (String) -> String? = DataRoots.processEnvironment) {
    func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    #if os(macOS)
      let cache = value("HOME").map { "\($0)/Library/Caches" }
    #else
      // The XDG specification has relative paths ignored.
      let chosen = value("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      let cache = chosen ?? value("HOME").map { "\($0)/.cache" }
    #endif
    folders = [value("JOINTVAE_DATA"), cache.map { "\($0)/jointvae" }].compactMap { $0 }
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
