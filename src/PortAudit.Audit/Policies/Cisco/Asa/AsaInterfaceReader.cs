using System.Globalization;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>An interface of an ASA.</summary>
/// <param name="Name">Its name in rules (<c>nameif</c>).</param>
/// <param name="Line">Where the name is given.</param>
internal sealed record AsaInterface(string Name, int Line)
{
    /// <summary>Security level, 0 to 100.</summary>
    public int SecurityLevel { get; set; }

    /// <summary>True when nothing passes through it: <c>management-only</c>.</summary>
    public bool IsManagement { get; set; }
}

/// <summary>Reads interfaces and static routes.</summary>
/// <param name="device">Receives names and networks.</param>
internal sealed class AsaInterfaceReader(AsaDevice device)
{
    /// <summary>Level of the interface that is named <c>inside</c>, unless a line gives one ("security-level" in the
    /// ASA command reference).</summary>
    private const int InsideLevel = 100;

    /// <summary>Interfaces that are kept: the largest models have 1,024 (ASA data sheets, "VLANs").</summary>
    private const int MaxInterfaces = 1024;

    private readonly PolicyDraft _draft = device.Draft;
    private readonly Dictionary<string, AsaInterface> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The named interfaces in their order.</summary>
    public List<AsaInterface> Interfaces { get; } = [];

    /// <summary>Reads <c>interface PORT</c> with its lines.</summary>
    public void Read(Statement statement)
    {
        _draft.Understood(statement.Line);
        var named = statement.Children.Find(child => child.Keyword == "nameif");
        var target = named is null ? null : Add(named.Word(1), named.Line);
        foreach (var child in statement.Children)
        {
            if (target is null || !ReadChild(child, target))
                _draft.Other(child.Line);
        }
    }

    /// <summary>Reads <c>nameif PORT NAME securityN</c> as PIX 6 has it.</summary>
    public void ReadNameIf(Statement statement)
    {
        var target = Add(statement.Word(2), statement.Line);
        const string Prefix = "security";
        if (target is not null && statement.Word(3).StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(statement.Word(3).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var level))
            target.SecurityLevel = level;
    }

    /// <summary>Reads <c>ip address NAME A MASK</c> as PIX 6 has it.</summary>
    public void ReadAddress(Statement statement)
    {
        if (device.Names.TryParsePrefix(statement.Word(3), statement.Word(4), out var prefix))
            device.Zones.AddAddress(statement.Word(2), prefix, statement.Line);
        else
            _draft.Other(statement.Line);
    }

    /// <summary>Reads <c>route NAME NETWORK MASK …</c> or <c>ipv6 route NAME NETWORK/LENGTH …</c>.</summary>
    public void ReadRoute(Statement statement, int at)
    {
        var zone = statement.Word(at);
        if (statement.Words.Contains("tunneled", StringComparer.OrdinalIgnoreCase))
            _draft.Other(statement.Line);
        else if (device.Names.TryParsePrefix(statement.Word(at + 1), out var prefix)
            || device.Names.TryParsePrefix(statement.Word(at + 1), statement.Word(at + 2), out prefix))
            device.Zones.AddNetwork(zone, prefix, statement.Line);
        else
            _draft.NotEvaluable(statement.Line, "the network of the route cannot be read");
    }

    private AsaInterface? Add(string name, int line)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            _draft.Understood(line);
            return known;
        }

        if (Interfaces.Count >= MaxInterfaces)
        {
            _draft.NotEvaluable(line, $"more than {MaxInterfaces} interfaces");
            return null;
        }

        _draft.Understood(line);
        device.Zones.Add(name, line);
        var target = new AsaInterface(name, line)
        {
            SecurityLevel = string.Equals(name, "inside", StringComparison.OrdinalIgnoreCase) ? InsideLevel : 0,
        };
        Interfaces.Add(target);
        _byName.Add(name, target);
        return target;
    }

    private bool ReadChild(Statement child, AsaInterface target)
    {
        switch (child.Keyword)
        {
            case "nameif":
                return true;
            case "security-level" when int.TryParse(child.Word(1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var level):
                target.SecurityLevel = level;
                _draft.Understood(child.Line);
                return true;
            case "management-only":
                target.IsManagement = true;
                _draft.Understood(child.Line);
                return true;
            case "ip" when child.Has(1, "address")
                && device.Names.TryParsePrefix(child.Word(2), child.Word(3), out var prefix):
                device.Zones.AddAddress(target.Name, prefix, child.Line);
                return true;
            case "ipv6" when child.Has(1, "address") && device.Names.TryParsePrefix(child.Word(2), out var prefix):
                device.Zones.AddAddress(target.Name, prefix, child.Line);
                return true;
            default:
                return false;
        }
    }
}
