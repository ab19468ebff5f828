using System.Text.Json;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="IsOfFirewall">True for the log of firewall rules, false for VPC Flow Logs.</param>
internal sealed record GcpStart(bool IsOfFirewall) : LogContent
{
    /// <inheritdoc />
    public override string Format =>
        IsOfFirewall ? "firewall rules log of Google Cloud" : "VPC flow log of Google Cloud";

    /// <inheritdoc />
    public override bool HasFlows => true;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <summary>Recognises a log: a <c>connection</c>, and a <c>reporter</c> or <c>disposition</c>; null for anything
    /// else.</summary>
    /// <param name="start">First bytes of the file.</param>
    public static GcpStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        start = start.StartsWith("\uFEFF"u8) ? start["\uFEFF"u8.Length..] : start;
        if (start.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
            return null;
        var json = new Utf8JsonReader(start, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            AllowMultipleValues = true,
        }));
        var (hasConnection, hasAddress, isFlow, isFirewall) = (false, false, false, false);
        try
        {
            while (json.Read() && !(hasAddress && (isFlow || isFirewall)))
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                    continue;
                hasConnection |= json.ValueTextEquals("connection"u8);
                hasAddress |= hasConnection && json.ValueTextEquals("src_ip"u8);
                isFlow |= json.ValueTextEquals("reporter"u8);
                isFirewall |= json.ValueTextEquals("disposition"u8);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What came before it counts.
        }

        return hasAddress && (isFlow || isFirewall) ? new GcpStart(!isFlow) : null;
    }
}
