using PortAudit.Traffic.Protocols.Asn1;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>Finds passwords in clear between X.400 message transfer agents: simple credentials of the bind (X.411
/// §12.1.1) in the first data of each direction.</summary>
internal sealed class X400BindReader : ICredentialReader
{
    /// <summary>The bind and its result within remote operations (X.880 annex A): context tags 16 and 17.</summary>
    private const byte Bind = 0xB0;
    private const byte BindResult = 0xB1;

    /// <summary>Argument and result of an authenticated bind, and the credentials in it (X.411 §12.1.1).</summary>
    private const byte Authenticated = 0xA1;
    private const byte AgentName = 0x80;
    private const byte Credentials = 0xA1;

    /// <summary>A password is one of two string types; other credentials are none (X.411 figure 2).</summary>
    private const byte Ia5String = 0x16;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = ShowsPassword(payload.FromOriginator) || ShowsPassword(payload.FromResponder)
            ? CredentialUse.Password
            : CredentialUse.None;
        return use != CredentialUse.None;
    }

    /// <summary>Examines the data after connection request or confirm, or the first data of a stream joined
    /// later.</summary>
    private static bool ShowsPassword(ReadOnlySpan<byte> stream)
    {
        if (!CotpUnit.TryParse(stream, out var unit, out _))
            return false;
        if (unit.Type == CotpType.Data)
            return HoldsPassword(unit.UserData);
        return CotpUnit.TryParse(stream[Math.Min(stream.Length, unit.PacketLength)..], out var next, out _)
            && next.Type == CotpType.Data && HoldsPassword(next.UserData);
    }

    /// <summary>Session, presentation and reliable transfer around the bind vary, so the bind is searched for and
    /// recognised by its nested lengths.</summary>
    private static bool HoldsPassword(ReadOnlySpan<byte> data)
    {
        while (data.IndexOfAny(Bind, BindResult) is >= 0 and var at)
        {
            if (IsSimpleBind(data[at..]))
                return true;
            data = data[(at + 1)..];
        }

        return false;
    }

    private static bool IsSimpleBind(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        if (!reader.TryEnter(bytes[0]) || !reader.TryEnter(Authenticated) || !reader.TryTake(AgentName, out var name)
            || name.IsEmpty || name.ContainsAnyExcept(Ascii.LineCharacters) || !reader.TryEnter(Credentials))
            return false;
        return (reader.TryTake(Ia5String, out var password) || reader.TryTake(BerReader.OctetString, out password))
            && !password.IsEmpty;
    }
}
