using System.Text.Json;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Records of flow logs inside what CloudWatch Logs writes.</summary>
internal static class AwsMessages
{
    /// <summary>True for the name of the property that holds a record.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> name) => name.SequenceEqual("message"u8);

    /// <summary>What follows the time before each line of an export (<c>2015-05-29T16:44:02.000Z 2 …</c>); empty
    /// without one.</summary>
    public static ReadOnlySpan<byte> WithoutTime(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        return end > 0 && line[..end] is [>= (byte)'0' and <= (byte)'9', .., (byte)'Z'] and var time
            && time.Contains((byte)'T')
            ? line[(end + 1)..]
            : default;
    }

    /// <summary>The layout of the first record in JSON that may be cut; null without one.</summary>
    public static AwsLayout? FirstLayout(ReadOnlySpan<byte> start)
    {
        var json = new Utf8JsonReader(start, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            AllowMultipleValues = true,
        }));
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || !IsMessage(json.ValueSpan) || !json.Read()
                    || json.TokenType != JsonTokenType.String)
                    continue;
                var line = json.ValueSpan;
                if ((AwsLayout.TryGuess(line) ?? AwsLayout.TryRead(line)) is { } layout)
                    return layout;
            }
        }
        catch (JsonException)
        {
            // No JSON after all.
        }

        return null;
    }
}
