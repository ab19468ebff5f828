using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Socks;

/// <summary>Request and reply of SOCKS 4 (Ying-Da Lee, "SOCKS: A protocol for TCP proxy across firewalls") and 4a, with
/// a host name after an address 0.0.0.x. Either direction may be missing.</summary>
internal ref struct Socks4Dialogue
{
    /// <summary>Longest plausible user or host name.</summary>
    public const int MaximumText = 255;

    private const byte Version = 4;
    private const byte Connect = 1;
    private const byte Bind = 2;
    private const byte Granted = 0x5A;
    private const byte LastResult = 0x5D;
    private const int FixedLength = 8;

    /// <summary>True when the request names its host: proof, not only a shape.</summary>
    public bool ClientProves { get; private set; }

    /// <summary>True when request and reply are complete.</summary>
    public bool ProveTogether { get; private set; }

    /// <summary>Offset after the request; 0 while incomplete.</summary>
    public int RequestEnd { get; private set; }

    /// <summary>True when a connection request was granted.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>True when nothing more is awaited.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Offset after the reply.</summary>
    public static int ReplyEnd => FixedLength;

    /// <summary>Reads both directions. False when either is another protocol.</summary>
    public static bool TryRead(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out Socks4Dialogue dialogue)
    {
        dialogue = default;
        if (!dialogue.TryReadRequest(client) || (server.Length > 0 && server[0] != 0)
            || (server.Length > 1 && server[1] is < Granted or > LastResult))
            return false;
        dialogue.ProveTogether = dialogue.RequestEnd > 0 && server.Length >= FixedLength;
        dialogue.IsConnected = dialogue.ProveTogether && client[1] == Connect && server[1] == Granted;
        dialogue.IsOver = (client.Length > 1 && client[1] != Connect) || (server.Length > 1 && server[1] != Granted);
        return true;
    }

    private bool TryReadRequest(ReadOnlySpan<byte> client)
    {
        if ((client.Length > 0 && client[0] != Version) || (client.Length > 1 && client[1] is not (Connect or Bind)))
            return false;
        if (client.Length <= FixedLength)
            return true;
        if (!TryTakeText(client[FixedLength..], out var userLength))
            return false;
        var hasName = client[4] == 0 && client[5] == 0 && client[6] == 0 && client[7] != 0;
        if (userLength < 0 || !hasName)
        {
            RequestEnd = userLength < 0 ? 0 : FixedLength + userLength + 1;
            return true;
        }

        var nameStart = FixedLength + userLength + 1;
        if (!TryTakeText(client[nameStart..], out var nameLength))
            return false;
        ClientProves = nameLength > 0;
        RequestEnd = nameLength > 0 ? nameStart + nameLength + 1 : 0;
        return nameLength != 0;
    }

    /// <summary>Reads visible text up to a zero; length -1 while the zero is missing.</summary>
    private static bool TryTakeText(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.IndexOf((byte)0);
        var text = length < 0 ? bytes : bytes[..length];
        return text.Length <= MaximumText && !text.ContainsAnyExcept(Ascii.LineCharacters);
    }
}
