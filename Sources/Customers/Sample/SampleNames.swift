/// Names as people bear them in one country, with its letters.
struct SampleNames: Sendable {
    let region: String
    /// BCP 47.
    let language: String
    let firstNames: [String]
    let lastNames: [String]
    /// A phone number of the country: the digits behind the country code, in which each `#`
    /// stands for a digit.
    let phone: String

    static let all: [SampleNames] = [
        SampleNames(
            region: "NO", language: "nb",
            firstNames: ["Kari", "Ola", "Bjørn", "Åse", "Jørgen", "Lærke", "Sølvi", "Håkon", "Ingrid", "Øystein"],
            lastNames: ["Nordås", "Bråten", "Sørensen", "Ødegård", "Hæstad", "Lunde", "Åsheim", "Vik", "Bø", "Kjær"],
            phone: "99######"),
        SampleNames(
            region: "SE", language: "sv",
            firstNames: ["Åsa", "Björn", "Göran", "Märta", "Linnéa", "Sören", "Elsa", "Östen", "Karin", "Håkan"],
            lastNames: ["Åkesson", "Öberg", "Sjöström", "Lindgren", "Nyström", "Häggkvist", "Ek", "Bergström"],
            phone: "701740###"),
        SampleNames(
            region: "FI", language: "fi",
            firstNames: ["Päivi", "Jyrki", "Aino", "Väinö", "Tuula", "Hilkka", "Yrjö", "Eeva", "Pekka", "Sirpa"],
            lastNames: ["Mäkinen", "Hämäläinen", "Räsänen", "Yli-Hakala", "Koskelo", "Törmänen", "Äijälä", "Salo"],
            phone: "457#######"),
        SampleNames(
            region: "DE", language: "de",
            firstNames: ["Jürgen", "Käthe", "Jörg", "Günther", "Anneliese", "Björn", "Sören", "Ulrike", "Jens"],
            lastNames: ["Müller", "Groß", "Schröder", "Weißgerber", "Jäger", "Böttcher", "Strauß", "Köhler"],
            phone: "1711234####"),
        SampleNames(
            region: "UA", language: "uk",
            firstNames: ["Їванна", "Олена", "Ґнат", "Євген", "Марійка", "Соломія", "Юрій", "Зоряна", "В'ячеслав"],
            lastNames: ["Шевчук", "Дем'янчук", "Ґудзь", "Їжакевич", "Кравець", "Щербань", "Заєць", "Бойко"],
            phone: "50000####"),
        SampleNames(
            region: "PL", language: "pl",
            firstNames: ["Łukasz", "Małgorzata", "Żaneta", "Świętosław", "Zofia", "Paweł", "Bożena", "Stanisław"],
            lastNames: ["Wójcik", "Łączny", "Źrebiec", "Kowalczyk", "Śliwa", "Gołąb", "Dąbrowska", "Ćwik"],
            phone: "50000####"),
        SampleNames(
            region: "EE", language: "et",
            firstNames: ["Jüri", "Õnne", "Ülle", "Mart", "Tõnu", "Kärt", "Peeter", "Märt"],
            lastNames: ["Tamm", "Põld", "Ööbik", "Kõiv", "Mägi", "Jõesaar", "Kütt", "Sääsk"],
            phone: "5000####"),
        SampleNames(
            region: "LT", language: "lt",
            firstNames: ["Jūratė", "Žydrūnas", "Šarūnas", "Ąžuolas", "Eglė", "Rūta", "Česlovas", "Vytautė"],
            lastNames: ["Kazlauskas", "Žukauskė", "Šimkus", "Jankūnas", "Čepulis", "Grigaitė", "Būga", "Ąžuolytė"],
            phone: "60000###"),
    ]
}
