namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>What a row without a history says of one, by its <c>conn_state</c>.</summary>
internal static class ZeekOutcome
{
    /// <summary>The history that a state implies (<c>Conn::Info$conn_state</c>).</summary>
    public static string HistoryOf(string? state) => state switch
    {
        "S0" => "S",
        "S1" => "ShA",
        "S2" => "ShAF",
        "S3" => "ShAf",
        "SF" => "ShAFf",
        "REJ" => "Sr",
        "RSTO" => "ShAR",
        "RSTR" => "ShAr",
        "RSTOS0" => "SR",
        "RSTRH" => "hr",
        "SH" => "SF",
        "SHR" => "hf",
        _ => "",
    };
}
