using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads rules of the JSON form (libnftables-json(5), "Statements").</summary>
internal static class NftJsonRule
{
    /// <summary>Reads a rule.</summary>
    /// <param name="rule">The object.</param>
    /// <param name="line">Its line.</param>
    public static NftRule Read(JsonElement rule, int line)
    {
        var statements = ImmutableArray.CreateBuilder<NftStatement>();
        foreach (var item in NftJson.Items(NftJson.Get(rule, "expr")))
        {
            if (NftJson.First(item) is not { } property)
                statements.Add(new NftVerdict(null, Reason: "a statement is missing"));
            else if (Statement(item, property) is { } statement)
                statements.Add(statement);
        }

        var comment = NftJson.Text(rule, "comment");
        return new NftRule(statements.ToImmutable(), comment is null ? null : ConfigurationText.Shown(comment), line,
            ConfigurationText.Shown(Head(NftJson.Get(rule, "expr") ?? rule)));
    }

    private static NftStatement? Statement(JsonElement item, JsonProperty property)
    {
        var value = property.Value;
        switch (property.Name)
        {
            case "match":
                return Match(value);
            case "vmap":
                return NftJson.Get(value, "key") is { } key && NftJsonValue.Fields(key) is { } fields
                    && NftJson.Get(value, "data") is { } data
                    ? new NftVerdictMap(fields, NftJsonValue.Value(data), Head(value))
                    : new NftVerdict(null, Reason: "a map of verdicts by an expression that is not read");
            case "counter":
                return NftJson.Number(value, "packets") is { } packets ? new NftCounter(packets) : null;
            case "limit" or "quota" or "ct count" or "meter":
                return new NftCondition(ConditionKind.Rate, $"{property.Name} {Head(value)}",
                    "depends on a rate or number of connections");
            case "snat" or "dnat" or "masquerade" or "redirect":
                return new NftTranslation(property.Name, Address(NftJson.Get(value, "addr")));
            case "set":
                return new NftEffect(NftJson.Text(value, "set")?.TrimStart('@'));
            case "notrack":
                return new NftEffect(IsExemption: true);
            case "log" or "mangle" or "reset" or "dup" or "flow" or "ct helper" or "ct timeout" or "ct expectation"
                or "secmark" or "last":
                return new NftEffect();
            case "tproxy" or "synproxy" or "fwd":
                return new NftVerdict(null, Reason: $"hands the packet on ({property.Name})");
            case "xt":
                return NftExtensions.Of(NftJson.Text(value, "type") ?? "",
                    ConfigurationText.Shown(NftJson.Text(value, "name") ?? ""));
            default:
                return NftJsonValue.Verdict(item)
                    ?? new NftVerdict(null, Reason: $"unknown statement '{ConfigurationText.Shown(property.Name)}'");
        }
    }

    private static NftStatement Match(JsonElement value)
    {
        var (left, right, sign) = (NftJson.Get(value, "left"), NftJson.Get(value, "right"),
            NftJson.Text(value, "op") ?? "==");
        NftValue? mask = null;
        if (left is { } masked && NftJson.Get(masked, "&") is { ValueKind: JsonValueKind.Array } both
            && both.GetArrayLength() == 2)
            (left, mask) = (both[0], NftJsonValue.Value(both[1]));
        return left is { } field && right is { } wanted && NftJsonValue.Fields(field) is { } fields
            ? new NftMatch(fields, sign, mask, NftJsonValue.Value(wanted), Head(value))
            : new NftCondition(ConditionKind.Other, Head(value), "compares an expression that is not read");
    }

    private static string? Address(JsonElement? address) => NftJson.Text(address)
        ?? (address is { } item ? NftJsonValue.Value(item) switch
        {
            NftWord word => word.Text,
            NftRange range => $"{range.First}-{range.Last}",
            _ => null,
        } : null);

    /// <summary>The beginning of the JSON text.</summary>
    private static string Head(JsonElement item) => ConfigurationText.Shown(item.GetRawText());
}
