import Foundation
import JointVAE
import JointVAELive
import TestSupport
import Testing

/// What the server answers, and whom.
@Suite("The server of the live page")
struct LiveServerTests {
  private static func server(_ port: Int = 0, patience: Duration = .seconds(10)) throws
    -> LiveServer
  {
    try LiveServer(
      port: port, page: Array("<p>page".utf8), policy: "default-src 'none'", patience: patience)
  }

  /// A server while `body` runs.
  private static func withServer(
    patience: Duration = .seconds(10),
    _ body: (LiveServer, _ port: Int, _ root: String) throws -> Void
  ) throws {
    let server = try Self.server(patience: patience)
    defer { server.end() }
    try body(server, server.address.port, "/\(server.address.token)/")
  }

  @Test("gives the page to who has the token, and lets no other page show, cache or learn of it")
  func page() throws {
    try Self.withServer { _, port, root in
      for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
        let client = try LocalClient(port: port)
        client.send("GET \(root) HTTP/1.1\r\nHost: \(host):\(port)\r\n\r\n")
        client.read()
        #expect(client.received.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(host)")
        #expect(client.body == "<p>page")
      }
      let answer = try LocalClient.get(
        root, port: port, fields: ["Origin: http://127.0.0.1:\(port)"])
      for field in [
        "Content-Length: 7", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
        "X-Frame-Options: DENY", "Cross-Origin-Resource-Policy: same-origin",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
      ] {
        #expect(answer.received.contains("\r\n\(field)\r\n"), "\(field)")
      }
      #expect(!answer.received.contains("Access-Control"))
      let bare = try LocalClient.get(String(root.dropLast()), port: port)
      #expect(bare.received.hasPrefix("HTTP/1.1 308 "))
      #expect(bare.received.contains("\r\nLocation: \(root)\r\n"))
    }
  }

  @Test("has another token and another port each time")
  func tokens() throws {
    try Self.withServer { first, _, _ in
      try Self.withServer { second, _, _ in
        #expect(first.address.token != second.address.token)
        #expect(first.address.port != second.address.port)
        #expect(first.address.token.wholeMatch(of: /[0-9a-f]{32}/) != nil)
        #expect(
          first.address.description
            == "http://127.0.0.1:\(first.address.port)/\(first.address.token)/")
      }
    }
  }

  @Test("refuses all other requests")
  func refusals() throws {
    try Self.withServer { server, port, root in
      let host = "Host: 127.0.0.1:\(port)"
      let wrong = String(server.address.token.reversed())
      let cases: [(request: String, status: String)] = [
        ("GET / HTTP/1.1\r\n\(host)", "403 "),
        ("GET /favicon.ico HTTP/1.1\r\n\(host)", "403 "),
        ("GET /\(wrong)/ HTTP/1.1\r\n\(host)", "403 "),
        ("GET /\(server.address.token.dropLast())/ HTTP/1.1\r\n\(host)", "403 "),
        ("GET /events HTTP/1.1\r\n\(host)", "403 "),
        // A name of another host that was made to lead here.
        ("GET \(root) HTTP/1.1\r\nHost: example.com:\(port)", "403 "),
        ("GET \(root) HTTP/1.1\r\nHost: 127.0.0.1", "403 "),
        ("GET \(root) HTTP/1.1\r\nHost: 127.0.0.1:1", "403 "),
        ("GET \(root) HTTP/1.1\r\nAccept: */*", "403 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\n\(host)", "403 "),
        // Scripts of other pages.
        ("GET \(root)events HTTP/1.1\r\n\(host)\r\nOrigin: https://example.com", "403 "),
        ("GET \(root)events HTTP/1.1\r\n\(host)\r\nOrigin: null", "403 "),
        ("GET \(root)events HTTP/1.1\r\n\(host)\r\nOrigin: https://127.0.0.1:\(port)", "403 "),
        ("POST \(root) HTTP/1.1\r\n\(host)\r\nContent-Length: 1", "405 "),
        ("HEAD \(root) HTTP/1.1\r\n\(host)", "405 "),
        ("OPTIONS \(root) HTTP/1.1\r\n\(host)", "405 "),
        ("GET \(root)other HTTP/1.1\r\n\(host)", "404 "),
        ("GET \(root)events/ HTTP/1.1\r\n\(host)", "404 "),
        ("GET \(root)../ HTTP/1.1\r\n\(host)", "404 "),
        ("hello", "400 "),
        ("GET \(root) HTTP/2\r\n\(host)", "400 "),
        ("GET http://127.0.0.1:\(port)\(root) HTTP/1.1\r\n\(host)", "400 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\n folded: line", "400 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\nname : value", "400 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\nX: \u{0}", "400 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\nX: ä", "400 "),
        ("GET \(root) HTTP/1.1\r\n\(host)\r\nX: \(String(repeating: "x", count: 9000))", "431 "),
      ]
      for (request, status) in cases {
        let client = try LocalClient(port: port)
        client.send(request + "\r\n\r\n")
        client.read()
        #expect(client.received.hasPrefix("HTTP/1.1 \(status)"), "\(request): \(client.received)")
        #expect(!client.received.contains(server.address.token), "\(request)")
      }
      #expect(server.readerCount == 0)
      try #expect(LocalClient.get(root, port: port).body == "<p>page")
    }
  }

  @Test("is no server of other addresses of this machine")
  func loopbackOnly() throws {
    try Self.withServer { _, port, root in
      #if os(Linux)
        // All of 127.0.0.0/8 leads to this machine, and the server listens to one address of it.
        #expect(throws: LocalClient.Refused.self) {
          try LocalClient(port: port, address: 0x7F00_0002)
        }
      #endif
      try #expect(LocalClient.get(root, port: port).body == "<p>page")
    }
  }

  @Test("begins with the newest message of each kind, and ends with the last one")
  func events() throws {
    let server = try Self.server()
    let (port, root) = (server.address.port, "/\(server.address.token)/")
    server.publish("run", json: "{}")
    for step in 1...3 { server.publish("progress", json: "{\"step\":\(step)}") }
    let client = try LocalClient(port: port)
    client.ask("\(root)events", port: port, fields: ["Origin: http://localhost:\(port)"])
    #expect(client.read { $0.hasSuffix("{\"step\":3}\n\n") })
    #expect(client.received.contains("Content-Type: text/event-stream"))
    #expect(client.events.map(\.kind) == ["run", "progress"])
    #expect(waits { server.readerCount == 1 })
    server.publish("progress", json: "{\"step\":4}")
    #expect(client.read { $0.contains("\"step\":4") })
    server.publish("end", json: "{\"step\":5}")
    server.end()
    client.read()
    #expect(client.events.last?.kind == "end" && client.events.last?.data == "{\"step\":5}")
    #expect(throws: LocalClient.Refused.self) { try LocalClient(port: port) }
    // Again, and too late.
    server.end()
    server.publish("end", json: "{}")
  }

  @Test("lets a slow reader skip to the newest message, and no caller wait for it")
  func slowReader() throws {
    try Self.withServer { server, port, root in
      let slow = try LocalClient(port: port, receiveBuffer: 4096)
      slow.ask("\(root)events", port: port)
      #expect(waits { server.readerCount == 1 })
      let filling = String(repeating: "x", count: 1 << 20)
      let start = ContinuousClock.now
      for number in 1...60 {
        server.publish("pictures", json: "\"\(number) \(filling)\"")
        // Others go on reading meanwhile.
        if number == 30 { try #expect(LocalClient.get(root, port: port).body == "<p>page") }
      }
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(slow.read { $0.contains("\"60 ") && $0.hasSuffix("\n\n") })
      let numbers = slow.events.compactMap { Int($0.data.dropFirst().prefix { $0 != " " }) }
      #expect(numbers == numbers.sorted() && numbers.last == 60)
      #expect(numbers.count < 30, "\(numbers.count) of 60 were kept for it")
    }
  }

  @Test("drops a reader that takes nothing, and one that asks nothing")
  func dropped() throws {
    try Self.withServer(patience: .milliseconds(200)) { server, port, root in
      let stuck = try LocalClient(port: port, receiveBuffer: 4096)
      stuck.ask("\(root)events", port: port)
      #expect(waits { server.readerCount == 1 })
      server.publish("pictures", json: "\"\(String(repeating: "x", count: 8 << 20))\"")
      #expect(waits { server.readerCount == 0 })
      let silent = try LocalClient(port: port)
      silent.send("GET ")
      silent.read()
      #expect(silent.received.hasPrefix("HTTP/1.1 408 "))
      // Silence of the training is no reason.
      let patient = try LocalClient(port: port)
      patient.ask("\(root)events", port: port)
      #expect(patient.read { $0.contains("event: pictures") && $0.hasSuffix("\n\n") })
      usleep(600_000)
      #expect(server.readerCount == 1)
    }
  }

  @Test("goes on when a browser goes away")
  func gone() throws {
    try Self.withServer { server, port, root in
      do {
        let browser = try LocalClient(port: port)
        browser.ask("\(root)events", port: port)
        #expect(waits { server.readerCount == 1 })
      }
      #expect(waits { server.readerCount == 0 })
      for _ in 0..<20 {
        // Gone before the answer, in the middle of the question, and without one.
        try LocalClient(port: port).ask(root, port: port)
        try LocalClient(port: port).send("GET")
        _ = try LocalClient(port: port)
        server.publish("progress", json: "{}")
      }
      try #expect(LocalClient.get(root, port: port).body == "<p>page")
    }
  }

  @Test("has a bounded number of readers, and of connections")
  func bounded() throws {
    try Self.withServer { server, port, root in
      var browsers: [LocalClient] = []
      for _ in 0..<LiveServer.readerLimit {
        browsers.append(try LocalClient(port: port))
        browsers.last?.ask("\(root)events", port: port)
      }
      #expect(waits { server.readerCount == LiveServer.readerLimit })
      try #expect(
        LocalClient.get("\(root)events", port: port).received.hasPrefix("HTTP/1.1 503 "))
      try #expect(LocalClient.get(root, port: port).body == "<p>page")
      browsers.removeLast()
      #expect(waits { server.readerCount == LiveServer.readerLimit - 1 })
      let next = try LocalClient(port: port)
      next.ask("\(root)events", port: port)
      #expect(next.read { $0.hasPrefix("HTTP/1.1 200 ") })
      // Those that ask nothing wait for one another, and the server for none of them.
      for _ in 0..<100 { browsers.append(try LocalClient(port: port)) }
      server.publish("progress", json: "{}")
      #expect(next.read { $0.contains("event: progress") })
      browsers.removeLast(100)
      try #expect(LocalClient.get(root, port: port).body == "<p>page")
    }
  }

  @Test("does not begin on a port that is in use, and says so")
  func portInUse() throws {
    try Self.withServer { _, port, _ in
      let error = #expect(throws: ConfigurationError.self) { try Self.server(port) }
      #expect(error?.setting == "port of the live page" && error?.value == "\(port)")
      #expect(error?.expected.contains("a free port") == true)
    }
  }

  @Test("can have a port again that a training has just left")
  func again() throws {
    let first = try Self.server()
    let port = first.address.port
    let reader = try LocalClient(port: port)
    reader.ask("/\(first.address.token)/events", port: port)
    #expect(waits { first.readerCount == 1 })
    first.end()
    let second = try Self.server(port)
    defer { second.end() }
    #expect(second.address.port == port)
    // The old address is none any more.
    #expect(
      try LocalClient.get("/\(first.address.token)/", port: port).received
        .hasPrefix("HTTP/1.1 403 "))
  }
}
