import CLibrary
import Foundation

/// A connection to a port of this machine, byte by byte as a test wants it.
package final class LocalClient {
  private let descriptor: Int32
  /// All that came so far.
  package private(set) var received = ""

  /// No program listens there.
  package struct Refused: Error {}

  /// Connects; `address` is one of this machine.
  package init(port: Int, address: UInt32 = 0x7F00_0001, receiveBuffer: Int32? = nil) throws {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = Int32(SOCK_STREAM)
    #endif
    descriptor = socket(AF_INET, kind, 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var time = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(port).bigEndian
    place.sin_addr = in_addr(s_addr: address.bigEndian)
    let status = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Refused() }
  }

  deinit { close(descriptor) }

  /// Sends text as it is.
  package func send(_ text: String) {
    let bytes = Array(text.utf8)
    #if canImport(Darwin)
      _ = bytes.withUnsafeBytes { CLibrary.send(descriptor, $0.baseAddress, $0.count, 0) }
    #else
      _ = bytes.withUnsafeBytes {
        CLibrary.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
    #endif
  }

  /// Reads until `isEnough` of all text so far, or the other side ends; whether the former.
  @discardableResult
  package func read(until isEnough: (String) -> Bool = { _ in false }) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while !isEnough(received) {
      let count = recv(descriptor, &bytes, bytes.count, 0)
      guard count > 0 else { return false }
      received += String(decoding: bytes[..<count], as: UTF8.self)
    }
    return true
  }

  /// The text after the first empty line.
  package var body: String {
    received.range(of: "\r\n\r\n").map { String(received[$0.upperBound...]) } ?? ""
  }

  /// Kind and data of the events so far.
  package var events: [(kind: String, data: String)] {
    body.components(separatedBy: "\n\n").compactMap { event in
      let lines = event.split(separator: "\n")
      guard lines.count == 2, lines[0].hasPrefix("event: "), lines[1].hasPrefix("data: ") else {
        return nil
      }
      return (String(lines[0].dropFirst(7)), String(lines[1].dropFirst(6)))
    }
  }

  /// A browser that follows the events of the live page at `address`.
  package static func following(_ address: some StringProtocol) throws -> LocalClient {
    let parts = address.split(separator: "/")
    guard parts.count == 3, let port = parts[1].split(separator: ":").last.flatMap({ Int($0) })
    else { throw Refused() }
    let client = try LocalClient(port: port)
    client.ask("/\(parts[2])/events", port: port)
    client.read { $0.contains("\r\n\r\n") }
    return client
  }

  /// Asks for `target` as a browser does, and reads the whole answer.
  package static func get(_ target: String, port: Int, fields: [String] = []) throws -> LocalClient
  {
    let client = try LocalClient(port: port)
    client.ask(target, port: port, fields: fields)
    client.read()
    return client
  }

  /// Sends a request; its fields are `Host: 127.0.0.1:port` and those given.
  package func ask(_ target: String, port: Int, fields: [String] = []) {
    let lines = ["GET \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + fields
    send(lines.joined(separator: "\r\n") + "\r\n\r\n")
  }
}

/// Waits until `condition` holds, at most ten seconds; whether it does.
package func waits(until condition: () -> Bool) -> Bool {
  let deadline = Date.now.addingTimeInterval(10)
  while !condition() {
    if Date.now > deadline { return false }
    usleep(2000)
  }
  return true
}
