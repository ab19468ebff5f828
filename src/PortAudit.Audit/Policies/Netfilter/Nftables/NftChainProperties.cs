using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads where a base chain stands: <c>type filter hook forward priority filter + 10; policy
/// drop;</c>.</summary>
internal static class NftChainProperties
{
    /// <summary>Reads one of the two statements.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="cursor">The tokens.</param>
    /// <param name="values">Reads values.</param>
    /// <param name="reason">Why it is not understood; null when it is.</param>
    public static void Read(ChainDraft chain, NftCursor cursor, NftValueParser values, out string? reason)
    {
        reason = null;
        if (cursor.TakeWord("policy"))
        {
            var word = cursor.TakeText() ?? "";
            chain.Default = Policy(word);
            if (chain.Default is null)
                reason = $"unknown policy '{ConfigurationText.Shown(word)}'";
            cursor.SkipRule();
            return;
        }

        cursor.Take();
        var (type, hook, priority) = (cursor.TakeText() ?? "", "", (int?)0);
        while (!cursor.IsAtRuleEnd)
        {
            if (cursor.TakeWord("hook"))
                hook = cursor.TakeText() ?? "";
            else if (cursor.TakeWord("priority"))
                priority = Priority(cursor);
            else if (cursor.TakeWord("device") || cursor.TakeWord("devices"))
                Devices(chain, cursor, values);
            else
                cursor.Take();
        }

        reason = NftTables.SetBase(chain, type, hook, priority);
        if (reason is null && chain.Table.Family == TableFamily.Netdev && chain.Devices.IsEmpty)
            chain.Hide(reason = "the devices of the chain are not known");
    }

    /// <summary>The action of a policy; null for another word.</summary>
    public static PolicyAction? Policy(string word) => word switch
    {
        "accept" => PolicyAction.Permit,
        "drop" => PolicyAction.Drop,
        _ => null,
    };

    private static int? Priority(NftCursor cursor)
    {
        var name = cursor.TakeText() ?? "";
        var sign = cursor.TakeWord("+") ? 1 : cursor.TakeWord("-") ? -1 : 0;
        var offset = sign != 0 && int.TryParse(cursor.TakeText(), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? sign * number : 0;
        return NftTables.Priority(name, offset);
    }

    private static void Devices(ChainDraft chain, NftCursor cursor, NftValueParser values)
    {
        cursor.TakeSign("=");
        var value = values.Read(0);
        chain.Devices = value switch
        {
            NftWord word => [ConfigurationText.Shown(word.Text)],
            NftMany many => [.. many.Elements.Select(element => element.Key).OfType<NftWord>()
                .Select(word => ConfigurationText.Shown(word.Text))],
            _ => ImmutableArray<string>.Empty,
        };
    }
}
