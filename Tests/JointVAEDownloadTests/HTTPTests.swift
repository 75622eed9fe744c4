import Foundation
import JointVAEDownload
import Testing

@Suite("An answer of a web server")
struct HTTPAnswerTests {
  private func answer(_ headers: [String: String]) -> HTTPAnswer {
    HTTPAnswer(status: 206) { headers[$0] }
  }

  @Test("tells the part of the file that follows")
  func range() {
    let whole = ContentRange("bytes 100-199/1000")
    #expect(whole.map { [$0.first, $0.last, $0.total] } == [100, 199, 1000])
    let unknown = ContentRange("Bytes 0-0/*")
    #expect(unknown.map { [$0.first, $0.last, $0.total] } == [0, 0, nil])
  }

  @Test(
    "is not believed when it makes no sense",
    arguments: [
      "", "bytes", "bytes 1-2", "bytes */1000", "bytes -5/10", "bytes 5-/10", "bytes 5-4/10",
      "bytes 0-10/10", "bytes 1-2-3/10", "bytes 0-1/10/10", "items 0-1/10", "bytes a-b/c",
      "bytes 0-1/-5", "bytes 0-9223372036854775807/*", "bytes 0-99999999999999999999/*",
      "bytes 0-1/99999999999999999999",
    ])
  func noRange(_ text: String) {
    #expect(ContentRange(text) == nil)
  }

  @Test("names its version only by what stands for these very bytes")
  func version() {
    #expect(answer(["ETag": "\"a1\""]).version == "\"a1\"")
    for tag in ["W/\"a1\"", "a1", "\"a\nb\"", "\"ä\"", "\"\(String(repeating: "a", count: 300))\""]
    {
      #expect(answer(["ETag": tag]).version == nil, "\(tag)")
    }
    #expect(answer([:]).version == nil)
  }

  @Test("has the length it says, unless that is no length")
  func length() {
    #expect(answer(["Content-Length": "12"]).bodyByteCount == 12)
    for text in ["-1", "x", "", "99999999999999999999", "1.5"] {
      #expect(answer(["Content-Length": text]).bodyByteCount == nil, "\(text)")
    }
  }
}

@Suite("A redirect")
struct RedirectRuleTests {
  @Test("is followed to web addresses, never from https to http, and not without end")
  func rule() throws {
    let rule = RedirectRule(limit: 2)
    func refusal(_ number: Int, _ old: String, _ new: String) -> String? {
      rule.refusal(of: number, from: URL(string: old), to: URL(string: new))
    }
    #expect(refusal(1, "http://a/x", "http://b/x") == nil)
    #expect(refusal(1, "http://a/x", "https://b/x") == nil)
    #expect(refusal(2, "https://a/x", "HTTPS://b/x") == nil)
    #expect(refusal(3, "https://a/x", "https://b/x") == "redirects more than 2 times")
    for new in ["http://b/x", "file:///etc/passwd", "ftp://b/x", "x"] {
      #expect(
        refusal(1, "https://a/x", new)
          == "redirects to \"\(new)\", which is not safe to follow")
    }
    #expect(rule.refusal(of: 1, from: nil, to: URL(string: "http://b/x")) != nil)
    #expect(rule.refusal(of: 1, from: nil, to: nil) != nil)
  }
}
