using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads address translations ("ip nat inside source", "ip nat outside source" and "ip nat pool" in the IOS IP
/// addressing command reference).</summary>
/// <param name="device">The device.</param>
internal sealed class IosTranslations(IosDevice device)
{
    private readonly PolicyDraft _draft = device.Draft;
    private readonly List<PolicyTranslation> _translations = [];
    private readonly Dictionary<string, IntervalSet<UInt128>> _pools = new(StringComparer.Ordinal);

    /// <summary>The translations in their order.</summary>
    public IReadOnlyList<PolicyTranslation> All => _translations;

    /// <summary>Reads <c>ip nat …</c>.</summary>
    public void Read(Statement statement)
    {
        var words = new WordCursor(statement, 2);
        if (words.Take("pool"))
            ReadPool(statement, words);
        else if ((words.Take("inside") || words.Take("outside")) && (words.Take("source") || words.Take("destination")))
            ReadSource(statement, words);
        else
            _draft.Other(statement.Line);
    }

    private void ReadPool(Statement statement, WordCursor words)
    {
        var name = words.Next();
        if (device.Names.TryParse(words.Next(), out var first) && device.Names.TryParse(words.Next(), out var last))
        {
            _pools[name] = AddressSet.Of(first, last);
            _draft.Understood(statement.Line);
        }
        else
            _draft.NotEvaluable(statement.Line, "the range of the pool cannot be read");
    }

    private void ReadSource(Statement statement, WordCursor words)
    {
        if (words.Take("static"))
        {
            ReadStatic(statement, words);
            return;
        }

        var at = statement.Words.IndexOf("pool", 0, StringComparer.OrdinalIgnoreCase);
        var mapped = at > 0 ? _pools.GetValueOrDefault(statement.Word(at + 1)) : null;
        Add(statement, null, mapped, isStatic: false, hasPorts: false);
    }

    private void ReadStatic(Statement statement, WordCursor words)
    {
        var hasPorts = words.Take("tcp") || words.Take("udp");
        var isNetwork = words.Take("network");
        if (!device.Names.TryParse(words.Next(), out var real))
        {
            _draft.NotEvaluable(statement.Line, "the translated address cannot be read");
            return;
        }

        if (hasPorts)
            words.Next();
        var isKnown = device.Names.TryParse(words.Next(), out var mapped);
        var mask = isNetwork ? words.Next() : "/32";
        Add(statement, Network(real, mask), isKnown ? Network(mapped, mask) : null, isStatic: true, hasPorts);
    }

    private IntervalSet<UInt128>? Network(IpAddress address, string mask) =>
        device.Names.TryParsePrefix($"{address}{mask}", out var prefix)
        || device.Names.TryParsePrefix(address.ToString(), mask, out prefix)
            ? AddressNames.SetOf(prefix)
            : null;

    private void Add(Statement statement, IntervalSet<UInt128>? real, IntervalSet<UInt128>? mapped, bool isStatic,
        bool hasPorts)
    {
        if (hasPorts)
            _draft.NotEvaluable(statement.Line, "ports of a translation are not evaluated");
        else
            _draft.Understood(statement.Line);
        _translations.Add(new PolicyTranslation(_draft.Line(statement.Line), _draft.Shown(statement.Line), real, mapped,
            isStatic)
        {
            ChangesPorts = hasPorts,
        });
    }
}
