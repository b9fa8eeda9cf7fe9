/// What messages, pages and papers about a card say, in the languages of the customer displays.
package struct CardLanguage: Sendable {
    /// ISO 639-1.
    package let code: String
    let title: String
    let hint: String
    let brightness: String
    let validUntil: String
    let openPDF: String
    let addToApple: String
    let addToGoogle: String
    let expired: String
    let gone: String
    let unknown: String
    /// The text of an SMS: {store}, {pdf}, {page}.
    let sms: String
    let subject: String
    let email: String

    package static let all = [english, norwegian, swedish, danish, finnish, german, ukrainian]

    package static func named(_ code: String) -> CardLanguage {
        all.first { $0.code == code.prefix { $0 != "-" }.lowercased() } ?? english
    }

    package static let english = CardLanguage(
        code: "en", title: "Customer card", hint: "Show this code at the till.",
        brightness: "It reads best with the screen at its brightest.", validUntil: "This page is here until {date}.",
        openPDF: "Open as PDF", addToApple: "Add to Apple Wallet", addToGoogle: "Add to Google Wallet",
        expired: "This link has expired. Ask in the store for a new one; your card is still good.",
        gone: "This card is not good any more. Ask in the store for a new one.",
        unknown: "There is no card here. Open the link as it was sent to you.",
        sms: "Your customer card of {store}. To print: {pdf} On your phone: {page}",
        subject: "Your customer card of {store}",
        email: "Here is your customer card of {store}.\n\nTo print:\n{pdf}\n\nOn your phone:\n{page}\n\n"
            + "The links are good for 7 days.\n")
    private static let norwegian = CardLanguage(
        code: "nb", title: "Kundekort", hint: "Vis denne koden i kassen.",
        brightness: "Den leses best med full lysstyrke på skjermen.", validUntil: "Denne siden er her til {date}.",
        openPDF: "Åpne som PDF", addToApple: "Legg til i Apple Wallet", addToGoogle: "Legg til i Google Wallet",
        expired: "Lenken er utløpt. Be om en ny i butikken; kortet ditt gjelder fortsatt.",
        gone: "Dette kortet gjelder ikke lenger. Be om et nytt i butikken.",
        unknown: "Her er det ikke noe kort. Åpne lenken slik den ble sendt til deg.",
        sms: "Kundekortet ditt hos {store}. Til utskrift: {pdf} På telefonen: {page}",
        subject: "Kundekortet ditt hos {store}",
        email: "Her er kundekortet ditt hos {store}.\n\nTil utskrift:\n{pdf}\n\nPå telefonen:\n{page}\n\n"
            + "Lenkene gjelder i 7 dager.\n")
    private static let swedish = CardLanguage(
        code: "sv", title: "Kundkort", hint: "Visa den här koden i kassan.",
        brightness: "Den läses bäst med full ljusstyrka på skärmen.", validUntil: "Sidan finns här till {date}.",
        openPDF: "Öppna som PDF", addToApple: "Lägg till i Apple Wallet", addToGoogle: "Lägg till i Google Wallet",
        expired: "Länken har gått ut. Be om en ny i butiken; kortet gäller fortfarande.",
        gone: "Det här kortet gäller inte längre. Be om ett nytt i butiken.",
        unknown: "Här finns inget kort. Öppna länken som den skickades till dig.",
        sms: "Ditt kundkort hos {store}. För utskrift: {pdf} I telefonen: {page}",
        subject: "Ditt kundkort hos {store}",
        email: "Här är ditt kundkort hos {store}.\n\nFör utskrift:\n{pdf}\n\nI telefonen:\n{page}\n\n"
            + "Länkarna gäller i 7 dagar.\n")
    private static let danish = CardLanguage(
        code: "da", title: "Kundekort", hint: "Vis denne kode ved kassen.",
        brightness: "Den læses bedst med fuld lysstyrke på skærmen.", validUntil: "Siden er her til {date}.",
        openPDF: "Åbn som PDF", addToApple: "Føj til Apple Wallet", addToGoogle: "Føj til Google Wallet",
        expired: "Linket er udløbet. Bed om et nyt i butikken; kortet gælder stadig.",
        gone: "Dette kort gælder ikke længere. Bed om et nyt i butikken.",
        unknown: "Her er der intet kort. Åbn linket, som det blev sendt til dig.",
        sms: "Dit kundekort hos {store}. Til udskrift: {pdf} På telefonen: {page}",
        subject: "Dit kundekort hos {store}",
        email: "Her er dit kundekort hos {store}.\n\nTil udskrift:\n{pdf}\n\nPå telefonen:\n{page}\n\n"
            + "Linkene gælder i 7 dage.\n")
    private static let finnish = CardLanguage(
        code: "fi", title: "Asiakaskortti", hint: "Näytä tämä koodi kassalla.",
        brightness: "Koodi luetaan parhaiten, kun näyttö on kirkkaimmillaan.",
        validUntil: "Tämä sivu on täällä {date} asti.",
        openPDF: "Avaa PDF-tiedostona", addToApple: "Lisää Apple Walletiin", addToGoogle: "Lisää Google Walletiin",
        expired: "Linkki on vanhentunut. Pyydä uusi myymälästä; korttisi on yhä voimassa.",
        gone: "Tämä kortti ei ole enää voimassa. Pyydä uusi myymälästä.",
        unknown: "Täällä ei ole korttia. Avaa linkki sellaisena kuin se lähetettiin sinulle.",
        sms: "Asiakaskorttisi, {store}. Tulostettava: {pdf} Puhelimessa: {page}",
        subject: "Asiakaskorttisi, {store}",
        email: "Tässä on asiakaskorttisi, {store}.\n\nTulostettava:\n{pdf}\n\nPuhelimessa:\n{page}\n\n"
            + "Linkit ovat voimassa 7 päivää.\n")
    private static let german = CardLanguage(
        code: "de", title: "Kundenkarte", hint: "Zeigen Sie diesen Code an der Kasse.",
        brightness: "Er wird am besten gelesen, wenn der Bildschirm ganz hell ist.",
        validUntil: "Diese Seite ist bis {date} hier.",
        openPDF: "Als PDF öffnen", addToApple: "Zu Apple Wallet hinzufügen",
        addToGoogle: "Zu Google Wallet hinzufügen",
        expired: "Dieser Link ist abgelaufen. Bitten Sie im Geschäft um einen neuen; Ihre Karte gilt weiter.",
        gone: "Diese Karte gilt nicht mehr. Bitten Sie im Geschäft um eine neue.",
        unknown: "Hier ist keine Karte. Öffnen Sie den Link so, wie er Ihnen gesandt wurde.",
        sms: "Ihre Kundenkarte von {store}. Zum Drucken: {pdf} Auf dem Telefon: {page}",
        subject: "Ihre Kundenkarte von {store}",
        email: "Hier ist Ihre Kundenkarte von {store}.\n\nZum Drucken:\n{pdf}\n\nAuf dem Telefon:\n{page}\n\n"
            + "Die Links gelten 7 Tage.\n")
    private static let ukrainian = CardLanguage(
        code: "uk", title: "Картка клієнта", hint: "Покажіть цей код на касі.",
        brightness: "Найкраще він читається, коли екран найяскравіший.", validUntil: "Ця сторінка тут до {date}.",
        openPDF: "Відкрити як PDF", addToApple: "Додати до Apple Wallet", addToGoogle: "Додати до Google Wallet",
        expired: "Термін дії посилання минув. Попросіть у магазині нове; ваша картка й далі діє.",
        gone: "Ця картка більше не діє. Попросіть у магазині нову.",
        unknown: "Тут немає картки. Відкрийте посилання так, як його вам надіслано.",
        sms: "Ваша картка клієнта, {store}. Для друку: {pdf} На телефоні: {page}",
        subject: "Ваша картка клієнта, {store}",
        email: "Ось ваша картка клієнта, {store}.\n\nДля друку:\n{pdf}\n\nНа телефоні:\n{page}\n\n"
            + "Посилання діють 7 днів.\n")
}
