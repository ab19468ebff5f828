using System.Text.Json;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Azure;

/// <summary>What the first bytes of a file tell of it.</summary>
/// <param name="IsOfNetwork">True for a virtual network's log, false for a network security group's.</param>
internal sealed record AzureStart(bool IsOfNetwork) : LogContent
{
    /// <inheritdoc />
    public override string Format => IsOfNetwork
        ? "flow log of an Azure virtual network"
        : "flow log of an Azure network security group";

    /// <inheritdoc />
    public override bool HasFlows => true;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <inheritdoc />
    public override string PlaceName => "line";

    /// <summary>Recognises a log by its first tuples, or by the category of its first record; null for anything else.
    /// </summary>
    /// <param name="start">First bytes of the file.</param>
    public static AzureStart? TryRecognise(ReadOnlySpan<byte> start)
    {
        start = start.StartsWith("\uFEFF"u8) ? start["\uFEFF"u8.Length..] : start;
        if (start.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
            return null;
        var json = new Utf8JsonReader(start, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            AllowMultipleValues = true,
        }));
        try
        {
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.String && json.ValueTextEquals("FlowLogFlowEvent"u8))
                    return new AzureStart(IsOfNetwork: true);
                if (json.TokenType == JsonTokenType.String && json.ValueTextEquals("NetworkSecurityGroupFlowEvent"u8))
                    return new AzureStart(IsOfNetwork: false);
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("flowGroups"u8))
                    return new AzureStart(IsOfNetwork: true);
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("flowTuples"u8))
                    return new AzureStart(IsOfNetwork: false);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON after all.
        }

        return null;
    }
}
