using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads the configuration of a Cisco ASA, or the output of its <c>show access-list</c>.</summary>
internal sealed class AsaReader
{
    private readonly PolicyDraft _draft;
    private readonly AsaDevice _device;
    private readonly AccessListTable _lists = new();
    private readonly AsaObjectReader _objects;
    private readonly AsaInterfaceReader _interfaces;
    private readonly AsaListReader _entries;
    private readonly AsaTranslations _translations;
    private readonly AsaTunnels _tunnels;
    private readonly AsaLevels _levels;
    private readonly List<AsaAccessGroup> _groups = [];
    private readonly HashSet<string> _ipv6Lists = new(StringComparer.Ordinal);
    private bool _hasUsers;

    private AsaReader(ConfigurationText text)
    {
        _draft = new PolicyDraft(text);
        _device = new AsaDevice(_draft);
        _objects = new AsaObjectReader(_device);
        _interfaces = new AsaInterfaceReader(_device);
        _entries = new AsaListReader(_device, _lists);
        _translations = new AsaTranslations(_device);
        _tunnels = new AsaTunnels(_device, _lists);
        _levels = new AsaLevels(_draft, _interfaces.Interfaces);
    }

    /// <summary>Reads a file; never throws for what it holds.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var reader = new AsaReader(text);
        var statements = StatementReader.Read(reader._draft, hasBanners: false);

        // Entries refer to names and objects, these to each other: first what is referred to.
        foreach (var statement in statements)
            reader.ReadNames(statement);
        foreach (var statement in statements)
            reader.ReadDefinition(statement);
        foreach (var statement in statements)
            reader.ReadRule(statement);
        return reader.Make(statements);
    }

    private Policy Make(ImmutableArray<Statement> statements)
    {
        NoteEnd(statements);
        var hasUsers = _hasUsers || _tunnels.HasAny;
        var lists = new AsaPolicyLists(_device, _lists, _tunnels, hasUsers)
            .Make(_groups, _levels, _interfaces.Interfaces);
        return new Policy
        {
            Name = ConfigurationText.Shown(_device.HostName ?? Path.GetFileName(_draft.Text.Path)),
            Format = AsaFormat.Name,
            Files = [new PolicyFile(_draft.Text.Path, _draft.Text.Sha256)],
            Lists = lists,
            Zones = _device.Zones.Zones(),
            Translations = [.. _translations.All],
            MatchesMappedAddresses = _device.MatchesMappedAddresses,
            NotEvaluable = _draft.NotEvaluableLines(),
            Lines = _draft.Counts(),
        };
    }

    /// <summary>A saved configuration begins with <c>: Saved</c> and ends with <c>: end</c>.</summary>
    private void NoteEnd(ImmutableArray<Statement> statements)
    {
        var lines = _draft.Text.Lines;
        var isSaved = lines.Take(5).Any(line => line.StartsWith(": Saved", StringComparison.OrdinalIgnoreCase));
        var hasEnd = lines.Reverse().Take(20).Any(line => line.StartsWith(": end", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("Cryptochecksum", StringComparison.OrdinalIgnoreCase));
        if (isSaved && !hasEnd && statements is [.., var last])
            _draft.NotEvaluable(last.Children is [.., var child] ? child.Line : last.Line,
                "the file is cut off: a saved configuration ends with ': end'");
    }

    private void ReadNames(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "asa" or "pix" or "fwsm" or "ngfw" when statement.Has(1, "version"):
                _device.Release = ReleaseOf(statement.Word(2));
                _draft.Understood(statement.Line);
                break;
            case "hostname":
                _device.HostName = statement.Word(1);
                break;
            case "names":
                _draft.Understood(statement.Line);
                break;
            case "name":
                if (_device.Names.TryParse(statement.Word(1), out var address) && statement.Word(2).Length > 0)
                {
                    _device.Names.Add(statement.Word(2), address);
                    _draft.Understood(statement.Line);
                }
                else
                    _draft.NotEvaluable(statement.Line, "a name without an address");
                break;
            case "time-range":
                _device.TimeRanges.Add(_draft, statement);
                break;
        }
    }

    /// <summary>The release of <c>9.8(2)20</c>: the numbers before the bracket.</summary>
    private static Version? ReleaseOf(string text) =>
        Version.TryParse(text.Split('(')[0], out var release) ? release : null;

    private void ReadDefinition(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "object":
                _objects.ReadObject(statement);
                break;
            case "object-group":
                _objects.ReadGroup(statement);
                break;
            case "interface":
                _interfaces.Read(statement);
                break;
            case "nameif":
                _interfaces.ReadNameIf(statement);
                break;
            case "ip" when statement.Has(1, "address"):
                _interfaces.ReadAddress(statement);
                break;
            case "ip" when statement.Has(1, "local") && statement.Has(2, "pool"):
                _tunnels.ReadPool(statement);
                _draft.Other(statement.Line);
                break;
            case "route":
                _interfaces.ReadRoute(statement, 1);
                break;
            case "ipv6" when statement.Has(1, "route"):
                _interfaces.ReadRoute(statement, 2);
                break;
            case "ipv6" when statement.Has(1, "access-list"):
                _ipv6Lists.Add(statement.Word(2));
                _draft.NotEvaluable(statement.Line, "IPv6 lists of releases before 9.0 are not evaluated");
                break;
        }
    }

    private void ReadRule(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "access-list":
                _entries.Read(statement);
                break;
            case "access-group":
                ReadAccessGroup(statement);
                break;
            case "nat":
                _translations.ReadNat(statement);
                break;
            case "static":
                _translations.ReadStatic(statement);
                break;
            case "global":
                _translations.ReadGlobal(statement);
                break;
            case "object" when statement.Has(1, "network"):
                _translations.ReadObject(statement);
                break;
            case "same-security-traffic" when statement.Has(1, "permit"):
                _levels.PermitsBetween |= statement.Has(2, "inter-interface");
                _levels.PermitsBack |= statement.Has(2, "intra-interface");
                _draft.Understood(statement.Line);
                break;
            case "crypto" or "webvpn" or "aaa":
                ReadUsers(statement);
                break;
            case "clear" when statement.Has(2, "access-list") && statement.Word(3).Length > 0:
                _lists.Remove(_draft, statement.Word(3));
                _draft.Understood(statement.Line);
                break;
            case "no" or "sysopt":
                ReadSwitch(statement);
                break;
            case "policy-map" or "group-policy":
                ReadNested(statement);
                break;
            case "remark":
                // Written so by capirca for what it does not render.
                _draft.Blank(statement.Line);
                break;
            case "object" or "object-group" or "interface" or "nameif" or "name" or "names" or "route"
                or "time-range" or "asa" or "pix" or "fwsm" or "ngfw" or "hostname":
                NoteRest(statement);
                break;
            default:
                ReadOther(statement);
                break;
        }
    }

    private void ReadAccessGroup(Statement statement)
    {
        if (_ipv6Lists.Contains(statement.Word(1)))
            _draft.NotEvaluable(statement.Line, "IPv6 lists of releases before 9.0 are not evaluated");
        else if (AsaAccessGroup.Read(statement) is { } group)
            _groups.Add(group);
        else
            _draft.NotEvaluable(statement.Line, "neither an interface nor global");
    }

    private void ReadUsers(Statement statement)
    {
        if (statement.Keyword == "aaa" && statement.Word(2).ToLowerInvariant() is "match" or "include" or "listener")
        {
            _hasUsers |= !statement.Has(1, "accounting");
            if (_hasUsers)
                _draft.NotEvaluable(statement.Line, "connections that need a log-in are not evaluated");
        }

        if (statement.Keyword == "crypto" && statement.Has(1, "map"))
            _tunnels.ReadCryptoMap(statement);
        if (statement.Keyword == "webvpn")
            _tunnels.ReadWebVpn(statement);
        Other(statement);
    }

    private void ReadSwitch(Statement statement)
    {
        var isOff = statement.Keyword == "no";
        var at = isOff ? 1 : 0;
        if (statement.Has(at, "sysopt") && statement.Has(at + 1, "connection")
            && statement.Word(at + 2).ToLowerInvariant() is "permit-vpn" or "permit-ipsec")
        {
            _tunnels.IsExempt = !isOff;
            _draft.Understood(statement.Line);
        }
        else if (isOff && statement.Has(1, "access-list") && statement.Words.Length == 3)
        {
            _lists.Remove(_draft, statement.Word(2));
            _draft.Understood(statement.Line);
        }
        else if (isOff && statement.Has(1, "access-list"))
            _entries.ReadRemoval(statement, statement.Word(2));
        else if (isOff && statement.Word(1).ToLowerInvariant() is "object" or "object-group" or "access-group" or "nat")
            _draft.NotEvaluable(statement.Line, "a command that removes a part");
        else
            Other(statement);
    }

    /// <summary>Reads what a policy map drops, and the lists of VPN users.</summary>
    private void ReadNested(Statement statement)
    {
        _draft.Other(statement.Line);
        foreach (var child in statement.Children)
        {
            if (child.Keyword is "drop" or "drop-connection" or "reset" or "vpn-filter" && !child.Has(1, "none"))
                _draft.NotEvaluable(child.Line, $"'{child.Keyword}' is not evaluated");
            else
                _draft.Other(child.Line);
        }
    }

    private void ReadOther(Statement statement)
    {
        if (AsaKeywords.IsOther(statement.Keyword) || statement.Keyword is "ip" or "ipv6")
        {
            Other(statement);
            return;
        }

        var reason = AsaKeywords.ReasonOf(statement.Keyword)
            ?? $"unknown keyword '{ConfigurationText.Shown(statement.Word(0))}'";
        _draft.NotEvaluable(statement.Line, reason);
        foreach (var child in statement.Children)
            _draft.NotEvaluable(child.Line, reason);
    }

    private void Other(Statement statement)
    {
        _draft.Other(statement.Line);
        NoteRest(statement);
    }

    private void NoteRest(Statement statement)
    {
        _draft.Other(statement.Line);
        foreach (var child in statement.Children)
            _draft.Other(child.Line);
    }
}
