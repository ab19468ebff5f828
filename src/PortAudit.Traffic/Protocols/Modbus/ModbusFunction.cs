using System.Buffers.Binary;

namespace PortAudit.Traffic.Protocols.Modbus;

/// <summary>The functions of Modbus and the forms of their data (Modbus Application Protocol V1.1b3 §5, §6). Test tools
/// send exceptions and identification requests with one byte 0 too many.</summary>
internal static class ModbusFunction
{
    /// <summary>Bit of a function that was refused (§7).</summary>
    public const byte Exception = 0x80;

    /// <summary>Greatest exception code (§7).</summary>
    private const byte LastException = 0x0B;

    /// <summary>Schneider Electric's programming of controllers; its data are not public.</summary>
    public const byte Unity = 90;

    private const int MostBitsRead = 2000;
    private const int MostRegistersRead = 125;
    private const byte LastDiagnosis = 21; // §6.8: sub-functions 0 to 20, 21 of older devices
    private const byte CanOpen = 0x0D;
    private const byte DeviceIdentification = 0x0E;

    /// <summary>Sides that may send <paramref name="data"/> behind the byte of this function; none for other data, and
    /// for functions without a public form.</summary>
    public static ModbusForm FormOf(byte function, ReadOnlySpan<byte> data)
    {
        if ((function & Exception) != 0)
            return data is [>= 1 and <= LastException] or [>= 1 and <= LastException, 0]
                ? ModbusForm.Reply
                : ModbusForm.None;
        return function switch
        {
            1 or 2 => Of(IsRead(data, MostBitsRead), IsCounted(data)),
            3 or 4 => Of(IsRead(data, MostRegistersRead), IsCounted(data) && data[0] % 2 == 0),
            5 => Both(data.Length == 4 && data[3] == 0 && data[2] is 0 or 0xFF),
            6 => Both(data.Length == 4),
            7 => Of(data.IsEmpty, data.Length == 1),
            8 => Both(data.Length >= 4 && data.Length % 2 == 0 && data[0] == 0 && data[1] <= LastDiagnosis),
            0x0B => Of(data.IsEmpty, data.Length == 4),
            0x0C or 0x11 => Of(data.IsEmpty, IsCounted(data)),
            0x0F => Of(IsWrite(data, at: 4, bits: 1), IsRead(data, MostBitsRead)),
            0x10 => Of(IsWrite(data, at: 4, bits: 16), IsRead(data, MostRegistersRead)),
            0x14 or 0x15 => Both(IsCounted(data)),
            0x16 => Both(data.Length == 6),
            0x17 => Of(IsWrite(data, at: 8, bits: 16), IsCounted(data) && data[0] % 2 == 0),
            0x18 => Of(data.Length == 2, data.Length > 2 && Number(data) == data.Length - 2),
            0x2B => FormOfEncapsulated(data),
            _ => ModbusForm.None,
        };
    }

    private static ModbusForm FormOfEncapsulated(ReadOnlySpan<byte> data) => data switch
    {
        [DeviceIdentification, >= 1 and <= 4, _] or [DeviceIdentification, >= 1 and <= 4, _, 0] => ModbusForm.Request,
        [DeviceIdentification, >= 1 and <= 4, _, _, _, _, ..] => ModbusForm.Reply,
        [CanOpen, _, ..] => ModbusForm.Either,
        _ => ModbusForm.None,
    };

    private static ModbusForm Of(bool isRequest, bool isReply) =>
        (isRequest ? ModbusForm.Request : ModbusForm.None) | (isReply ? ModbusForm.Reply : ModbusForm.None);

    private static ModbusForm Both(bool isForm) => isForm ? ModbusForm.Either : ModbusForm.None;

    /// <summary>An address and a number of things, with no more behind them.</summary>
    private static bool IsRead(ReadOnlySpan<byte> data, int most) =>
        data.Length == 4 && Number(data[2..]) is var number && number >= 1 && number <= most;

    /// <summary>Data behind their length, at least one byte.</summary>
    private static bool IsCounted(ReadOnlySpan<byte> data) => data.Length >= 2 && data[0] == data.Length - 1;

    /// <summary>A number of things of so many bits, and their bytes behind their length.</summary>
    private static bool IsWrite(ReadOnlySpan<byte> data, int at, int bits) =>
        data.Length > at + 1 && data[at] == data.Length - at - 1
        && data[at] == ((Number(data[(at - 2)..]) * bits) + 7) / 8;

    private static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
