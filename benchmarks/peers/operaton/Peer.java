import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * Operaton's engine, embedded, doing the twelve tasks on PostgreSQL, with its full history, which is its default.
 * Arguments: JDBC address, user, password, diagram, cases, tasks. Out: {"times": the milliseconds of every completion}.
 */
public final class Peer {
    private Peer() {}

    public static void main(String[] arguments) throws Exception {
        String diagram = Files.readString(Path.of(arguments[3]), StandardCharsets.UTF_8);
        int cases = Integer.parseInt(arguments[4]);
        int tasks = Integer.parseInt(arguments[5]);
        ProcessEngine engine = new StandaloneProcessEngineConfiguration()
            .setJdbcDriver("org.postgresql.Driver")
            .setJdbcUrl(arguments[0]).setJdbcUsername(arguments[1]).setJdbcPassword(arguments[2])
            .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE)
            .setHistory(ProcessEngineConfiguration.HISTORY_FULL)
            .setJobExecutorActivate(false)
            .buildProcessEngine();
        try {
            engine.getRepositoryService().createDeployment().addString("peer.bpmn", diagram).deploy();
            System.out.println("{\"times\": " + complete(engine, cases, tasks) + "}");
        } finally {
            engine.close();
        }
    }

    private static List<Double> complete(ProcessEngine engine, int cases, int tasks) {
        Map<String, Object> answers = Map.of("amount", 1200, "note", "ตรวจแล้วถูกต้อง", "checked", true);
        List<Double> times = new ArrayList<>();
        for (int number = 0; number < cases; number++) {
            String key = engine.getRuntimeService().startProcessInstanceByKey("peer").getId();
            for (int task = 1; task <= tasks; task++) {
                String id = engine.getTaskService().createTaskQuery().processInstanceId(key).singleResult().getId();
                long began = System.nanoTime();
                engine.getTaskService().complete(id, answers);
                times.add((System.nanoTime() - began) / 1e6);
            }
            if (engine.getTaskService().createTaskQuery().processInstanceId(key).count() != 0) {
                throw new IllegalStateException("the case has not ended");
            }
        }
        return times;
    }
}
