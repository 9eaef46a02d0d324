import Lines
import Matching

/// Where a place is: its commune and its position, each checked against the other.
extension RowReading {
    /// The five characters of the postcode column, mended; or those that end the address.
    func postcode(_ cells: [String], _ notices: inout RowNotices) -> String? {
        guard let (text, index) = said(.postcode, cells) else { return nil }
        switch IdentifierReading.postcode(text) {
        case .whole(let code): return code
        case .mended(let code):
            notices.add(.leadingZero, index, text)
            return code
        case .lostDigits: notices.add(.lostDigits, index, text)
        case .unreadable: notices.add(.badIdentifier, index, text)
        }
        return nil
    }

    func readWhere(
        _ place: inout ImportedPlace, _ cells: [String], _ postcode: String?, _ notices: inout RowNotices
    ) {
        let found = coordinates(cells, &notices)
        place.position = found?.position
        place.territory = territory(cells, postcode, near: found?.position, &notices)
        guard let found, let code = place.territory, let centre = communes.position(code) else { return }
        let reach = communes.reach(code)
        if found.position.kilometres(to: centre) <= reach { return }
        let index = said(.latitude, cells)?.index ?? said(.coordinates, cells)?.index ?? 0
        let value = cells[index]
        if let swapped = CoordinateReading.swapped(found.position), swapped.kilometres(to: centre) <= reach {
            place.position = swapped
            if !found.wasSwapped { notices.add(.swappedCoordinates, index, value) }
        } else {
            place.position = nil
            notices.add(.farFromCommune, index, value)
        }
    }

    private func coordinates(_ cells: [String], _ notices: inout RowNotices) -> CoordinateReading.Found? {
        let latitude = said(.latitude, cells)
        let longitude = said(.longitude, cells)
        let pair = said(.coordinates, cells)
        var found: CoordinateReading.Found?
        if let latitude, let longitude {
            found = CoordinateReading.read(latitude: latitude.text, longitude: longitude.text)
        }
        if found == nil, let pair { found = CoordinateReading.read(pair: pair.text) }
        let index = latitude?.index ?? longitude?.index ?? pair?.index
        guard let index else { return nil }
        guard let found else {
            notices.add(
                .badCoordinates, index,
                [latitude?.text, longitude?.text, pair?.text]
                    .compactMap { $0 }.joined(separator: " ; "))
            return nil
        }
        if found.wasLambert { notices.add(.lambertCoordinates, index, cells[index]) }
        if found.wasSwapped { notices.add(.swappedCoordinates, index, cells[index]) }
        return found
    }

    /// The Corsican code that stands where the postcode goes.
    private func code(inPlaceOf postcode: String?) -> String? {
        guard let postcode, postcode.hasPrefix("2A") || postcode.hasPrefix("2B") else { return nil }
        return postcode
    }

    private func territory(
        _ cells: [String], _ postcode: String?, near position: Position?, _ notices: inout RowNotices
    ) -> String? {
        if let (text, index) = said(.insee, cells) {
            switch IdentifierReading.insee(text) {
            case .whole(let code) where communes.isEmpty || communes.knows(code: code): return code
            case .mended(let code) where communes.isEmpty || communes.knows(code: code):
                notices.add(.leadingZero, index, text)
                return code
            // Other countries have codes of other forms.
            case .unreadable where communes.knows(code: text): return text
            case .whole, .mended: notices.add(.unknownCommune, index, text)
            case .lostDigits, .unreadable: notices.add(.badIdentifier, index, text)
            }
        }
        // Nothing can be found where no commune is loaded: that is told once, not cell by cell.
        if communes.isEmpty { return code(inPlaceOf: postcode) }
        let city = said(.city, cells)
        // Some write the commune's code where the postcode goes.
        if let code = self.code(inPlaceOf: postcode), communes.knows(code: code) { return code }
        var name = city?.text
        var code = postcode
        var index = city?.index ?? said(.postcode, cells)?.index
        if city == nil, postcode == nil, let address = address(cells),
            let ending = CommuneIndex.ending(address)
        {
            (code, name, index) = (ending.postcode, ending.name, addressColumn)
        }
        guard let index, code != nil || name != nil else { return nil }
        let value = [code, name].compactMap { $0 }.joined(separator: " ")
        switch communes.find(postcode: code, name: name, near: position) {
        case .commune(let code): return code
        case .unknown: notices.add(.unknownCommune, index, value)
        case .ambiguous: notices.add(.ambiguousCommune, index, value)
        }
        return nil
    }
}
