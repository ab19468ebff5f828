using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Coverage;

/// <summary>Says who has a role of a rule that others exercised or tried, and took no part.</summary>
public static class IdleSentence
{
    /// <summary>The sentences about both sides of a row, separated by spaces; empty when all took part.</summary>
    public static string Of(RuleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return string.Join(' ', OfOriginators(row).Concat(OfResponders(row)).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> OfOriginators(RuleRow row)
    {
        var idle = row.IdleOriginators;
        if (Names(idle, IdleReason.NotTried) is { } notTried)
            yield return $"{notTried} opened none, although its flows would have been captured.";
        if (Names(idle, IdleReason.Misfit) is { } misfit)
            yield return $"What {misfit} opened did not use the protocol and security that the rule requires.";
        if (row.Rule.Period != Period.OnEvent && Names(idle, IdleReason.WindowTooShort) is { } early)
            yield return $"{early} opened none, which proves nothing in such a short capture.";
        if (Names(idle, IdleReason.NotObservable) is { } hidden)
            yield return $"Flows from {hidden} could not have been captured.";
        if (idle is { Addresses: > 0 and var silent, ActiveAddresses: { } all })
            yield return $"Of {Quantity.Of(all, "active address", "active addresses")} in the role {row.From}, "
                + $"{silent} opened none.";
        if (Names(idle, IdleReason.Silent) is { } mute)
            yield return $"{mute} sent no packet at all.";
        if (idle.NotListed > 0)
            yield return $"{Quantity.Of(idle.NotListed, "further host")} in the role {row.From} took no part.";
    }

    private static IEnumerable<string> OfResponders(RuleRow row)
    {
        var idle = row.IdleResponders;
        if (Names(idle, IdleReason.NotTried) is { } notTried)
            yield return $"None was opened to {notTried}, although it would have been captured.";
        if (Names(idle, IdleReason.Misfit) is { } misfit)
            yield return $"Flows to {misfit} did not use the protocol and security that the rule requires.";
        if (row.Rule.Period != Period.OnEvent && Names(idle, IdleReason.WindowTooShort) is { } early)
            yield return $"None was opened to {early}, which proves nothing in such a short capture.";
        if (Names(idle, IdleReason.NotObservable) is { } hidden)
            yield return $"Flows to {hidden} could not have been captured.";
        if (idle is { Addresses: > 0 and var silent, ActiveAddresses: { } all })
            yield return $"To {Quantity.Count(silent)} of {Quantity.Of(all, "active address", "active addresses")} in "
                + $"the role {row.To}, none was opened.";
        if (Names(idle, IdleReason.Silent) is { } mute)
            yield return $"{mute} sent no packet at all.";
        if (idle.NotListed > 0)
            yield return $"To {Quantity.Of(idle.NotListed, "further host")} in the role {row.To}, none was opened.";
    }

    private static string? Names(NonParticipants idle, IdleReason why) =>
        idle.Of(why) is { IsEmpty: false } names ? HostList.Of(names) : null;
}
