using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads the configuration of a router or switch with Cisco IOS or IOS XE, or the output of its
/// <c>show access-lists</c>.</summary>
internal sealed class IosReader
{
    private const string ZoneReason = "zone-based policy firewalls are not evaluated";

    private readonly PolicyDraft _draft;
    private readonly IosDevice _device;
    private readonly AccessListTable _tables = new();
    private readonly IosGroupReader _groups;
    private readonly IosInterfaces _interfaces;
    private readonly IosListReader _lists;
    private readonly IosTranslations _translations;
    private Statement? _head;

    private IosReader(ConfigurationText text)
    {
        _draft = new PolicyDraft(text);
        _device = new IosDevice(_draft);
        _groups = new IosGroupReader(_device);
        _interfaces = new IosInterfaces(_device);
        _lists = new IosListReader(_device, _tables);
        _translations = new IosTranslations(_device);
    }

    /// <summary>Reads a file; never throws for what it holds.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var reader = new IosReader(text);
        var statements = reader.Nest(StatementReader.Read(reader._draft, hasBanners: true));

        // Entries refer to groups and time ranges, routes to interfaces: first what is referred to.
        foreach (var statement in statements)
            reader.ReadDefinition(statement);
        foreach (var statement in statements)
            reader.ReadRule(statement);
        return reader.Make();
    }

    private Policy Make()
    {
        var lists = new IosPolicyLists(_device, _tables, _lists).Make(_interfaces);
        return new Policy
        {
            Name = ConfigurationText.Shown(_device.HostName ?? Path.GetFileName(_draft.Text.Path)),
            Format = IosFormat.Name,
            Files = [new PolicyFile(_draft.Text.Path, _draft.Text.Sha256)],
            Lists = lists,
            Zones = _device.Zones.Zones(),
            Translations = [.. _translations.All],
            MatchesMappedAddresses = _translations.All.Count > 0,
            IsStateful = false,
            NotEvaluable = _draft.NotEvaluableLines(),
            Lines = _draft.Counts(),
        };
    }

    /// <summary>Puts entries that are not indented, as files without their spaces have them, below their
    /// list.</summary>
    private ImmutableArray<Statement> Nest(ImmutableArray<Statement> statements)
    {
        var nested = ImmutableArray.CreateBuilder<Statement>();
        foreach (var statement in statements)
        {
            var isEntry = statement.Keyword is "permit" or "deny" or "remark" or "evaluate"
                || (statement.Keyword.All(char.IsAsciiDigit)
                    && statement.Word(1).ToLowerInvariant() is "permit" or "deny" or "remark");
            if (isEntry && _head is not null)
            {
                _head.Children.Add(statement);
                continue;
            }

            _head = IsHead(statement) ? statement : null;
            nested.Add(statement);
        }

        return nested.ToImmutable();
    }

    private static bool IsHead(Statement statement) => IsShownHead(statement)
        || (statement.Keyword is "ip" or "ipv6" && statement.Has(1, "access-list"));

    private static bool IsShownHead(Statement statement) =>
        (statement.Keyword is "extended" or "standard" && statement.Has(1, "ip") && statement.Has(2, "access")
            && statement.Has(3, "list"))
        || (statement.Keyword == "ipv6" && statement.Has(1, "access") && statement.Has(2, "list"));

    private void ReadDefinition(Statement statement)
    {
        switch (statement.Keyword)
        {
            case "hostname":
                _device.HostName = statement.Word(1);
                break;
            case "time-range":
                _device.TimeRanges.Add(_draft, statement);
                break;
            case "object-group":
                _groups.Read(statement);
                break;
            case "interface":
                _interfaces.Read(statement);
                break;
            case "ip" when statement.Has(1, "nat") && statement.Has(2, "pool"):
                _translations.Read(statement);
                break;
        }
    }

    private void ReadRule(Statement statement)
    {
        switch (statement.Keyword, statement.Word(1).ToLowerInvariant())
        {
            case ("access-list", _):
                _lists.ReadNumbered(statement);
                break;
            case ("ip", "access-list"):
                _lists.ReadNamed(statement);
                break;
            case ("ipv6", "access-list"):
                _lists.ReadVersion6(statement);
                break;
            case ("ipv4" or "mac" or "arp", "access-list"):
                _lists.ReadForeign(statement, statement.Word(statement.Words.Length - 1));
                break;
            case ("extended" or "standard" or "ipv6", _) when IsShownHead(statement):
                _lists.ReadShown(statement);
                break;
            case ("reflexive", "ip"):
                _lists.ReadForeign(statement, "", "entries of a reflexive list are made at run time");
                break;
            case ("ip", "nat"):
                if (!statement.Has(2, "pool"))
                    _translations.Read(statement);
                break;
            case ("ip" or "ipv6", "route"):
                _interfaces.ReadRoute(statement);
                break;
            case ("no", _):
                ReadRemoval(statement);
                break;
            case ("interface" or "object-group" or "time-range", _):
                break;
            default:
                ReadOther(statement);
                break;
        }
    }

    /// <summary>Reads <c>no ip access-list KIND NAME</c> and <c>no access-list NUMBER</c>.</summary>
    private void ReadRemoval(Statement statement)
    {
        var isNamed = statement.Word(1).ToLowerInvariant() is "ip" or "ipv6" && statement.Has(2, "access-list");
        if (!isNamed && !statement.Has(1, "access-list"))
        {
            Other(statement);
            return;
        }

        if (!isNamed && statement.Words.Length > 3)
        {
            _lists.ReadForeign(statement, "", "a command that removes entries");
            return;
        }

        _lists.Remove(statement.Words[^1]);
        _draft.Understood(statement.Line);
    }

    private void ReadOther(Statement statement)
    {
        var second = statement.Word(1).ToLowerInvariant();
        var third = statement.Word(2).ToLowerInvariant();
        if ((statement.Keyword is "class-map" or "policy-map" or "parameter-map" && second == "type"
            && third == "inspect") || (statement.Keyword == "zone" && second == "security")
            || statement.Keyword == "zone-pair")
            NotEvaluable(statement, ZoneReason);
        else if (statement.Keyword == "ip" && second == "inspect")
            NotEvaluable(statement, "replies of inspected connections pass without an entry");
        else if (statement.Keyword is "ip" && second is "reflexive-list")
            NotEvaluable(statement, "entries of a reflexive list are made at run time");
        else if (statement.Keyword is "vlan" && second is "access-map" or "filter")
            NotEvaluable(statement, "access maps of VLANs are not evaluated");
        else if (IosKeywords.IsOther(statement.Keyword) || statement.Keyword == "parameter-map")
            Other(statement);
        else
            NotEvaluable(statement, $"unknown keyword '{ConfigurationText.Shown(statement.Word(0))}'");
    }

    private void NotEvaluable(Statement statement, string reason)
    {
        _draft.NotEvaluable(statement.Line, reason);
        foreach (var child in statement.Children)
            _draft.NotEvaluable(child.Line, reason);
    }

    private void Other(Statement statement)
    {
        _draft.Other(statement.Line);
        foreach (var child in statement.Children)
            _draft.Other(child.Line);
    }
}
