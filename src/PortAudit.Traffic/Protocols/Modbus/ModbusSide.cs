using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Modbus;

/// <summary>What one direction of a connection shows.</summary>
/// <param name="Messages">Number of whole messages.</param>
/// <param name="Formed">Number of messages with data as their function demands.</param>
/// <param name="Form">Side that may have sent all of these.</param>
/// <param name="IsOther">True when it is another protocol.</param>
internal readonly record struct ModbusSide(int Messages, int Formed, ModbusForm Form, bool IsOther)
{
    /// <summary>Messages that prove it. Bytes behind them that are none do not disprove it: the stream may have lost
    /// some.</summary>
    public const int MessagesForProof = 2;

    /// <summary>Reads at most <paramref name="most"/> messages, up to the first that is not whole.</summary>
    public static ModbusSide Read(ReadOnlySpan<byte> bytes, int most)
    {
        var formed = 0;
        var form = ModbusForm.Either;
        for (var i = 0; i < most; i++)
        {
            if (!ModbusMessage.TryParse(bytes, out var message, out var error))
                return new ModbusSide(i, formed, form, error != ParseError.Incomplete && formed < MessagesForProof);
            bytes = bytes[message.TotalLength..];
            if (message.Form == ModbusForm.None)
                continue;
            if ((form & message.Form) == ModbusForm.None)
                return new ModbusSide(i, formed, form, formed < MessagesForProof);
            formed++;
            form &= message.Form;
        }

        return new ModbusSide(most, formed, form, false);
    }
}
