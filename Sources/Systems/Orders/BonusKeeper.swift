/// A system that keeps customers' bonuses.
package protocol BonusKeeper: OrderReceiver {
    /// A customer's balance as it is now, in hundredths.
    /// - Throws: ``SystemsError``, within a few seconds: a till waits.
    func balance(of customer: CustomerAddress) async throws(SystemsError) -> Int64
}
