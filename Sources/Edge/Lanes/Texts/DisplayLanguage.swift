/// A language of customer displays, and what they say in it: two lines of twenty characters a moment, since most displays
/// have no more.
package struct DisplayLanguage: Sendable {
    /// ISO 639-1.
    package let code: String
    let decimalComma: Bool
    let lines: [DisplayMoment: [String]]

    private init(_ code: String, decimalComma: Bool = true, _ lines: [DisplayMoment: [String]]) {
        self.code = code
        self.decimalComma = decimalComma
        self.lines = lines
    }

    package static let all: [DisplayLanguage] = [english, norwegian, swedish, danish, finnish, german, ukrainian]

    package static func named(_ code: String) -> DisplayLanguage? { all.first { $0.code == code } }

    /// The language of a BCP 47 tag: "uk-UA" is Ukrainian. Both kinds of Norwegian are written as Bokmål.
    static func tagged(_ tag: String) -> DisplayLanguage? {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        return named(["no", "nn"].contains(primary) ? "nb" : primary)
    }

    package static let english = DisplayLanguage(
        "en", decimalComma: false,
        [
            .idle: ["Welcome", "{store}"], .ready: ["Ready to scan", "Show your card here"],
            .brightness: ["Turn up the screen's", "brightness, please"], .oneMoment: ["One moment, please", ""],
            .greeting: ["Welcome, {first_name}!", "{loyalty}"], .welcome: ["Welcome!", "{loyalty}"],
            .unknownCode: ["Code not known here", "Please ask our staff"],
            .askPhone: ["Please tell us", "your phone number"], .paymentCard: ["No payment cards", "here, please"],
            .enrolmentAsked: ["Please answer", "in your app  {word}"],
            .enrolmentHint: ["Open the app and", "pull down to refresh"],
            .enrolmentDone: ["Welcome", "to the club!"], .enrolmentEnded: ["Not this time", "Please ask our staff"],
            .thanks: ["Thank you!", "See you soon"],
            .selfEnrolment: ["Join us yourself:", "{enrolment_address}"], .bonuses: ["Bonuses {bonuses}"],
            .discount: ["Discount {discount} %"],
        ])

    private static let norwegian = DisplayLanguage(
        "nb",
        [
            .idle: ["Velkommen", "{store}"], .ready: ["Klar til å skanne", "Vis kortet her"],
            .brightness: ["Skru opp lysstyrken", "på skjermen"], .oneMoment: ["Et øyeblikk", ""],
            .greeting: ["Velkommen, {first_name}!", "{loyalty}"], .welcome: ["Velkommen!", "{loyalty}"],
            .unknownCode: ["Koden er ukjent her", "Spør oss gjerne"],
            .askPhone: ["Si oss gjerne", "telefonnummeret ditt"], .paymentCard: ["Ikke betalingskort", "her, takk"],
            .enrolmentAsked: ["Svar i appen", "{word}"], .enrolmentHint: ["Åpne appen og", "dra ned for å hente"],
            .enrolmentDone: ["Velkommen", "i klubben!"], .enrolmentEnded: ["Ikke denne gangen", "Spør oss gjerne"],
            .thanks: ["Takk!", "Velkommen igjen"],
            .selfEnrolment: ["Bli medlem selv:", "{enrolment_address}"], .bonuses: ["Bonus {bonuses}"],
            .discount: ["Rabatt {discount} %"],
        ])

    private static let swedish = DisplayLanguage(
        "sv",
        [
            .idle: ["Välkommen", "{store}"], .ready: ["Klar att skanna", "Visa kortet här"],
            .brightness: ["Höj ljusstyrkan", "på skärmen"], .oneMoment: ["Ett ögonblick", ""],
            .greeting: ["Välkommen, {first_name}!", "{loyalty}"], .welcome: ["Välkommen!", "{loyalty}"],
            .unknownCode: ["Okänd kod", "Fråga oss gärna"], .askPhone: ["Uppge gärna ditt", "telefonnummer"],
            .paymentCard: ["Inga betalkort", "här, tack"], .enrolmentAsked: ["Svara i appen", "{word}"],
            .enrolmentHint: ["Öppna appen och", "dra nedåt"],
            .enrolmentDone: ["Välkommen", "i klubben!"], .enrolmentEnded: ["Inte den här gången", "Fråga oss gärna"],
            .thanks: ["Tack!", "Välkommen åter"],
            .selfEnrolment: ["Bli medlem själv:", "{enrolment_address}"],
            .bonuses: ["Bonus {bonuses}"], .discount: ["Rabatt {discount} %"],
        ])

    private static let danish = DisplayLanguage(
        "da",
        [
            .idle: ["Velkommen", "{store}"], .ready: ["Klar til at scanne", "Vis kortet her"],
            .brightness: ["Skru op for skærmens", "lysstyrke"], .oneMoment: ["Et øjeblik", ""],
            .greeting: ["Velkommen, {first_name}!", "{loyalty}"], .welcome: ["Velkommen!", "{loyalty}"],
            .unknownCode: ["Koden er ukendt her", "Spørg os gerne"], .askPhone: ["Oplys gerne dit", "telefonnummer"],
            .paymentCard: ["Ikke betalingskort", "her, tak"], .enrolmentAsked: ["Svar i appen", "{word}"],
            .enrolmentHint: ["Åbn appen, og", "træk ned"],
            .enrolmentDone: ["Velkommen", "i klubben!"], .enrolmentEnded: ["Ikke denne gang", "Spørg os gerne"],
            .thanks: ["Tak!", "På gensyn"],
            .selfEnrolment: ["Bliv selv medlem:", "{enrolment_address}"],
            .bonuses: ["Bonus {bonuses}"], .discount: ["Rabat {discount} %"],
        ])

    private static let finnish = DisplayLanguage(
        "fi",
        [
            .idle: ["Tervetuloa", "{store}"], .ready: ["Valmis lukemaan", "Näytä korttisi tässä"],
            .brightness: ["Lisää näytön", "kirkkautta"], .oneMoment: ["Hetkinen", ""],
            .greeting: ["Tervetuloa, {first_name}!", "{loyalty}"], .welcome: ["Tervetuloa!", "{loyalty}"],
            .unknownCode: ["Tuntematon koodi", "Kysy meiltä"], .askPhone: ["Kerro meille", "puhelinnumerosi"],
            .paymentCard: ["Ei maksukortteja", "tähän, kiitos"], .enrolmentAsked: ["Vastaa sovelluksessa", "{word}"],
            .enrolmentHint: ["Avaa sovellus ja", "vedä alas"],
            .enrolmentDone: ["Tervetuloa", "klubiin!"], .enrolmentEnded: ["Ei tällä kertaa", "Kysy meiltä"],
            .thanks: ["Kiitos!", "Tervetuloa uudelleen"],
            .selfEnrolment: ["Liity itse täällä:", "{enrolment_address}"],
            .bonuses: ["Bonus {bonuses}"], .discount: ["Alennus {discount} %"],
        ])

    private static let german = DisplayLanguage(
        "de",
        [
            .idle: ["Willkommen", "{store}"], .ready: ["Bereit zum Scannen", "Karte hier zeigen"],
            .brightness: ["Bitte Bildschirm", "heller stellen"], .oneMoment: ["Einen Moment, bitte", ""],
            .greeting: ["Willkommen, {first_name}!", "{loyalty}"], .welcome: ["Willkommen!", "{loyalty}"],
            .unknownCode: ["Code hier unbekannt", "Bitte fragen Sie uns"],
            .askPhone: ["Bitte nennen Sie", "Ihre Telefonnummer"],
            .paymentCard: ["Bitte hier keine", "Zahlungskarten"],
            .enrolmentAsked: ["Bitte in der App", "antworten  {word}"],
            .enrolmentHint: ["App öffnen und", "nach unten ziehen"],
            .enrolmentDone: ["Willkommen", "im Club!"], .enrolmentEnded: ["Diesmal nicht", "Bitte fragen Sie uns"],
            .thanks: ["Vielen Dank!", "Bis bald"],
            .selfEnrolment: ["Jetzt Mitglied sein:", "{enrolment_address}"],
            .bonuses: ["Bonus {bonuses}"], .discount: ["Rabatt {discount} %"],
        ])

    private static let ukrainian = DisplayLanguage(
        "uk",
        [
            .idle: ["Ласкаво просимо", "{store}"], .ready: ["Готово до сканування", "Покажіть картку тут"],
            .brightness: ["Зробіть екран", "яскравішим"], .oneMoment: ["Хвилинку, будь ласка", ""],
            .greeting: ["Вітаємо, {first_name}!", "{loyalty}"], .welcome: ["Вітаємо!", "{loyalty}"],
            .unknownCode: ["Код тут невідомий", "Зверніться до нас"],
            .askPhone: ["Назвіть, будь ласка,", "номер телефону"],
            .paymentCard: ["Не платіжна картка,", "будь ласка"],
            .enrolmentAsked: ["Дайте відповідь", "в додатку  {word}"],
            .enrolmentHint: ["Відкрийте додаток", "і потягніть вниз"],
            .enrolmentDone: ["Вітаємо", "в клубі!"], .enrolmentEnded: ["Не цього разу", "Зверніться до нас"],
            .thanks: ["Дякуємо!", "До зустрічі"],
            .selfEnrolment: ["Станьте учасником:", "{enrolment_address}"],
            .bonuses: ["Бонуси {bonuses}"], .discount: ["Знижка {discount} %"],
        ])
}
