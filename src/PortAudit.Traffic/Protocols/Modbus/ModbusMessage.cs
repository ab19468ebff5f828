using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Modbus;

/// <summary>A Modbus message behind its MBAP header (Modbus Messaging on TCP/IP Implementation Guide V1.0b §3.1.3),
/// viewed in place.</summary>
internal readonly ref struct ModbusMessage
{
    /// <summary>Length of the header with the unit, and the function, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Bytes that the length field does not count.</summary>
    private const int Uncounted = 6;

    /// <summary>Least of the length field: unit and function.</summary>
    private const int LeastLength = 2;

    /// <summary>Greatest of the length field: unit and the longest unit of 253 bytes (Modbus Application Protocol
    /// V1.1b3 §4.1).</summary>
    private const int GreatestLength = 254;

    private readonly ReadOnlySpan<byte> _bytes;

    private ModbusMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole message of protocol 0; excludes what follows. Bytes
    /// that agree so far are <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ModbusMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 2 && bytes[2..Math.Min(bytes.Length, 4)].ContainsAnyExcept((byte)0))
            return false;
        error = ParseError.BadLength;
        if ((bytes.Length > 4 && bytes[4] != 0) || (bytes.Length > 5 && bytes[5] is < LeastLength or > GreatestLength))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength || bytes.Length < Uncounted + bytes[5])
            return false;
        message = new ModbusMessage(bytes[..(Uncounted + bytes[5])]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length with the header, in bytes.</summary>
    public int TotalLength => _bytes.Length;

    /// <summary>Sides that may send it; none when its data are not as its function demands, or that is not public.
    /// </summary>
    public ModbusForm Form => ModbusFunction.FormOf(_bytes[7], _bytes[HeaderLength..]);

    private ushort Transaction => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    private byte Unit => _bytes[6];

    private byte Function => _bytes[7];

    /// <summary>True when <paramref name="reply"/> answers this request: the same transaction, unit and function. Data
    /// of any form may be refused.</summary>
    public bool IsAnsweredBy(ModbusMessage reply)
    {
        if (Transaction != reply.Transaction || Unit != reply.Unit)
            return false;
        if (reply.Function == Function)
            return ((Form & ModbusForm.Request) != 0 && (reply.Form & ModbusForm.Reply) != 0)
                || Function == ModbusFunction.Unity;
        return reply.Function == (Function | ModbusFunction.Exception) && reply.Form == ModbusForm.Reply;
    }
}
