using System.Text.Json;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Takes the objects of the JSON form (libnftables-json(5), "Ruleset elements" and "Commands").</summary>
/// <param name="draft">Notes what is understood.</param>
internal sealed class NftJsonRuleset(PolicyDraft draft)
{
    private readonly NftRuleset _ruleset = new(draft, NftFormat.JsonName);

    /// <summary>Takes an object; true when it is about what passes.</summary>
    public bool Add(JsonElement item, int line)
    {
        if (NftJson.First(item) is not { } property)
        {
            draft.NotEvaluable(line, "not an object of a ruleset");
            return true;
        }

        if (property.Name is "add" or "create" or "insert")
            return NftJson.First(property.Value) is { } added && Take(added, line, property.Name == "insert");
        return Take(property, line, isInserted: false);
    }

    /// <summary>The policy.</summary>
    /// <param name="broken">Why the rest of the file is not read; null when all was.</param>
    public Policy Build(string? broken)
    {
        if (broken is not null)
            _ruleset.HideLater(broken);
        return _ruleset.Build();
    }

    private bool Take(JsonProperty property, int line, bool isInserted)
    {
        var value = property.Value;
        switch (property.Name)
        {
            case "metainfo" or "counter" or "quota" or "limit" or "flowtable" or "ct helper" or "ct timeout"
                or "ct expectation" or "secmark" or "synproxy" or "list" or "reset":
                draft.Other(line);
                return false;
            case "flush" when NftJson.Get(value, "ruleset") is not null:
                _ruleset.Remove("ruleset", "", null, null, isFlush: true);
                draft.Understood(line);
                return true;
            case "flush" or "delete" or "replace" or "rename":
                draft.NotEvaluable(line, $"'{property.Name}' is not carried out");
                _ruleset.HideLater($"'{property.Name}' is not carried out");
                return true;
            case "table" or "chain" or "rule" or "set" or "map" or "element" or "meter":
                var family = NftJson.Text(value, "family") ?? "ip";
                var name = NftJson.Text(value, property.Name == "table" ? "name" : "table") ?? "";
                if (_ruleset.Table(family, name) is { } table)
                    TakePart(property, table, line, isInserted);
                else
                    draft.Other(line);
                return true;
            default:
                draft.NotEvaluable(line, $"unknown object '{ConfigurationText.Shown(property.Name)}'");
                return true;
        }
    }

    private void TakePart(JsonProperty property, TableDraft table, int line, bool isInserted)
    {
        var value = property.Value;
        var name = NftJson.Text(value, "name") ?? "";
        draft.Understood(line);
        switch (property.Name)
        {
            case "table":
                table.IsDormant |= NftJson.Items(NftJson.Get(value, "flags"))
                    .Any(flag => NftJson.Text(flag) == "dormant");
                break;
            case "chain":
                TakeChain(table.Chain(name, line), value, line);
                break;
            case "rule":
                _ruleset.Add(table.Chain(NftJson.Text(value, "chain") ?? "", line), NftJsonRule.Read(value, line),
                    [line], isInserted);
                break;
            default:
                var set = _ruleset.Sets.Declare(table, name, line);
                set.IsDynamic |= NftJson.Get(value, "timeout") is not null
                    || NftJson.Items(NftJson.Get(value, "flags"))
                        .Any(flag => NftJson.Text(flag) is "dynamic" or "timeout");
                set.Elements.AddRange(NftJsonValue.Elements(NftJson.Get(value, "elem")));
                break;
        }
    }

    private void TakeChain(ChainDraft chain, JsonElement value, int line)
    {
        chain.Line = line;
        if (NftJson.Text(value, "hook") is not { } hook)
            return;
        var priority = NftJson.Get(value, "prio") is { } prio && NftJson.Text(prio) is { } text
            ? NftTables.Priority(text, 0) : 0;
        chain.Devices = [.. NftJson.Items(NftJson.Get(value, "dev"))
            .Select(device => NftJson.Text(device)).OfType<string>()
            .Select(ConfigurationText.Shown)];
        var reason = NftTables.SetBase(chain, NftJson.Text(value, "type") ?? "", hook, priority);
        var policy = NftJson.Text(value, "policy") ?? "accept";
        chain.Default = NftChainProperties.Policy(policy);
        if (chain.Default is null)
            reason ??= $"unknown policy '{ConfigurationText.Shown(policy)}'";
        if (reason is not null)
            draft.NotEvaluable(line, reason);
    }
}
