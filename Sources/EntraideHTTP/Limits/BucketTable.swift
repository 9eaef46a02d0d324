/// Token buckets by key, at most ``capacity`` of them: the one unused for longest makes room for a new one, which begins full.
///
/// A bucket holds `burst` requests and gains one each `interval`. Of it only the moment is kept at which it will be full
/// again (the generic cell rate algorithm). Entries are linked in the order of their last use, so that every step takes the same
/// time whatever the number of keys. Times are nanoseconds since any fixed moment.
struct BucketTable<Key: Hashable & Sendable>: Sendable {
    private struct Slot {
        var key: Key
        var fullAt: Int
        var newer: Int
        var older: Int
    }

    let capacity: Int
    private var slots: [Slot] = []
    private var places: [Key: Int] = [:]
    private var newest = -1
    private var oldest = -1

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { slots.count }

    func contains(_ key: Key) -> Bool { places[key] != nil }

    /// Takes one request out of a key's bucket.
    ///
    /// - Returns: nil when there was one; else how long until there is.
    mutating func take(_ key: Key, interval: Int, burst: Int, now: Int) -> Int? {
        let place = use(key, now)
        let fullAt = max(slots[place].fullAt, now) + interval
        let wait = fullAt - now - burst * interval
        guard wait <= 0 else { return wait }
        slots[place].fullAt = fullAt
        return nil
    }

    /// Remembers a key, as used now.
    mutating func insert(_ key: Key, now: Int) {
        _ = use(key, now)
    }

    /// Forgets a key.
    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        unlink(place)
        let last = slots.removeLast()
        guard place < slots.count else { return }
        // The last slot moves into the gap.
        slots[place] = last
        places[last.key] = place
        if last.newer >= 0 { slots[last.newer].older = place } else { newest = place }
        if last.older >= 0 { slots[last.older].newer = place } else { oldest = place }
    }

    /// The slot of a key, which is now the newest.
    private mutating func use(_ key: Key, _ now: Int) -> Int {
        if let place = places[key] {
            unlink(place)
            link(place)
            return place
        }
        let slot = Slot(key: key, fullAt: now, newer: -1, older: -1)
        let place: Int
        if slots.count < capacity {
            place = slots.count
            slots.append(slot)
        } else {
            place = oldest
            unlink(place)
            places[slots[place].key] = nil
            slots[place] = slot
        }
        places[key] = place
        link(place)
        return place
    }

    private mutating func link(_ place: Int) {
        slots[place].newer = -1
        slots[place].older = newest
        if newest >= 0 { slots[newest].newer = place } else { oldest = place }
        newest = place
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (slots[place].newer, slots[place].older)
        if newer >= 0 { slots[newer].older = older } else { newest = older }
        if older >= 0 { slots[older].newer = newer } else { oldest = newer }
    }
}
