import Foundation
import JointVAEReports
import Testing

@Suite("Markup") struct HTMLTests {
  @Test("keeps literals and escapes every text between them")
  func escaping() {
    let name = "<script>alert(\"a & 'b'\")</script>"
    let html: HTML = "<p title=\"\(name)\">\(3)</p>"
    #expect(
      html.markup
        == "<p title=\"&lt;script&gt;alert(&quot;a &amp; &#39;b&#39;&quot;)&lt;/script&gt;\">3</p>")
  }

  @Test("is not escaped again inside other markup")
  func nesting() {
    let cell: HTML = "<td>\("a<b")</td>"
    let row: HTML = "<tr>\([cell, .empty, cell])</tr>"
    #expect(row.markup == "<tr><td>a&lt;b</td>\n<td>a&lt;b</td></tr>")
  }

  @Test("holds no control characters and nothing that turns the direction of the text")
  func controls() {
    let text = "a\u{0}b\u{1B}[31mc\u{202E}d\u{2066}e\u{85}f\ng\té 字 👩‍🔬"
    #expect(HTML(text: text).markup == "a�b�[31mc�d�e�f\ng\té 字 👩‍🔬")
  }

  @Test("writes places of a drawing to a hundredth, and never an exponent or a NaN")
  func coordinates() {
    let html: HTML = "\(1.0) \(-2.456) \(0.001) \(1e300) \(Double.nan) \(Double.infinity)"
    #expect(html.markup == "1 -2.46 0 0 0 0")
  }

  @Test("embeds files as base64 and tables as text that decodes to the same")
  func resources() throws {
    #expect(DataURI([1, 2, 253], type: "image/png").text == "data:image/png;base64,AQL9")
    let table = "step,\"a \"\"b\"\", c\"\n1,-0.5\n2,é#%&'<>\n"
    let text = DataURI(csv: table).text
    #expect(text.hasPrefix("data:text/csv;charset=utf-8,step,%22a%20"))
    let payload = text.dropFirst("data:text/csv;charset=utf-8,".count)
    #expect(String(payload).removingPercentEncoding == table)
    #expect(HTML.escaped(text) == text)
  }

  @Test("names commands whose words a shell takes as they are meant")
  func shellWords() {
    #expect("runs/demo-1".shellWord == "runs/demo-1")
    #expect("my run".shellWord == "'my run'")
    #expect("it's; rm -rf".shellWord == "'it'\\''s; rm -rf'")
    #expect("".shellWord == "''")
  }
}
