import CLibrary
import JointVAE
import JointVAEFiles

/// A socket that waits for connections to a port of this machine, and of no other address.
struct LoopbackSocket: Sendable {
  /// The listening socket.
  let descriptor: Int32
  /// Its port.
  let port: Int

  /// Listens on `port` of 127.0.0.1; 0 for a free one.
  /// - Throws: `ConfigurationError` for a port that another program uses, or that may not be used.
  init(port: Int) throws {
    (descriptor, self.port) = try Self.open(port: port)
  }

  /// Gives the port back. Nothing else may be called then.
  func close() { CLibrary.close(descriptor) }

  /// The next connection that waits; nil when there is none.
  /// - Throws: `SystemFailure` when the system has no more room for one.
  func accept() throws(SystemFailure) -> Int32? {
    while true {
      #if canImport(Darwin)
        let connection = Darwin.accept(descriptor, nil, nil)
      #elseif canImport(Glibc)
        let connection = Glibc.accept(descriptor, nil, nil)
      #elseif canImport(Musl)
        let connection = Musl.accept(descriptor, nil, nil)
      #else
        let connection = Android.accept(descriptor, nil, nil)
      #endif
      if connection >= 0 {
        Self.prepare(connection)
        return connection
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return nil
      default: throw SystemFailure()
      }
    }
  }

  /// The system refuses to give another descriptor.
  struct SystemFailure: Error {}

  /// Bytes that the system keeps for a reader who does not read; what is newer waits here.
  private static let sendBuffer: Int32 = 1 << 18

  private static func open(port: Int) throws -> (descriptor: Int32, port: Int) {
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #elseif canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = Int32(SOCK_STREAM)
    #endif
    let descriptor = socket(AF_INET, kind, 0)
    guard descriptor >= 0 else { throw failure("any", systemReason()) }
    do {
      return (descriptor, try listen(descriptor, port: port))
    } catch {
      CLibrary.close(descriptor)
      throw error
    }
  }

  private static func listen(_ descriptor: Int32, port: Int) throws -> Int {
    // The port of a program that has just ended can be taken at once; one that is in use cannot.
    set(descriptor, SO_REUSEADDR, 1)
    prepare(descriptor)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr = in_addr(s_addr: in_addr_t(0x7F00_0001).bigEndian)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(descriptor, address, length) == 0 else { return errno }
        #if canImport(Darwin)
          guard Darwin.listen(descriptor, 16) == 0 else { return errno }
        #elseif canImport(Glibc)
          guard Glibc.listen(descriptor, 16) == 0 else { return errno }
        #elseif canImport(Musl)
          guard Musl.listen(descriptor, 16) == 0 else { return errno }
        #else
          guard Android.listen(descriptor, 16) == 0 else { return errno }
        #endif
        guard getsockname(descriptor, address, &length) == 0 else { return errno }
        return 0
      }
    }
    guard status == 0 else { throw failure(port == 0 ? "any" : "\(port)", systemReason(status)) }
    return Int(in_port_t(bigEndian: address.sin_port))
  }

  private static func failure(_ port: String, _ reason: String) -> ConfigurationError {
    ConfigurationError(
      "port of the live page", port,
      expected: "a free port, which this program may use (\(reason))")
  }

  /// Calls return at once, programs that are started get no copy, and a reader who went away is an error, no signal.
  private static func prepare(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    set(descriptor, SO_SNDBUF, sendBuffer)
    #if canImport(Darwin)
      set(descriptor, SO_NOSIGPIPE, 1)
    #endif
  }

  private static func set(_ descriptor: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
