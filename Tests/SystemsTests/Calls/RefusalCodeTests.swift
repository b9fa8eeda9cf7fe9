import Testing

@testable import Systems

@Suite struct RefusalCodeTests {
    @Test(
        "A refusal's code is found whatever its shape, and sentences and numbers of people are not shown",
        arguments: [
            (#"{"error": "invalid_client", "error_description": "Kari is unknown"}"#, "invalid_client"),
            (#"{"error": {"code": 11, "message": "Kari"}}"#, "11"),
            (
                #"{"title": "Bad Request for 4741234567", "status": 400, "extraDetails": [{"name": "qrCode"}]}"#,
                "qrCode"
            ),
            (#"[{"errorCode": "E.12"}]"#, "E.12"),
            (#"{"message": "41234567"}"#, nil),
            (#"{"fault": {"name": "Kari Nordmann"}}"#, nil),
            ("<html>", nil),
            ("", nil),
        ])
    func code(_ body: String, _ code: String?) {
        #expect(RefusalCode.find(in: Array(body.utf8)) == code)
    }
}
