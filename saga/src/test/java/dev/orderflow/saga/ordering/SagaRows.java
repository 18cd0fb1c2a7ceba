package dev.orderflow.saga.ordering;

import static java.util.stream.Collectors.toSet;

import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.saga.simulation.Database;
import dev.orderflow.saga.simulation.Database.SagaRow;
import java.util.Map;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/** Keeps sagas in the form in which they are really stored, in the transaction. */
final class SagaRows implements SagaStore<Object> {
  private static final Serializer SERIALIZER = EventJson.serializer();

  private final Database database;

  SagaRows(Database database) {
    this.database = database;
  }

  /** Whoever finds a saga has not locked it yet: others may end it before. */
  @Override
  public Set<String> findSagas(Class<?> type, AssociationValue association) {
    var found =
        database.sagas().entrySet().stream()
            .filter(saga -> saga.getValue().associations().contains(association))
            .map(Map.Entry::getKey)
            .collect(toSet());
    database.read();
    return found;
  }

  @Override
  public <S> Entry<S> loadSaga(Class<S> type, String id) {
    return database.lock(id).map(row -> entry(type, row)).orElse(null);
  }

  private static <S> Entry<S> entry(Class<S> type, SagaRow row) {
    S saga =
        SERIALIZER.deserialize(
            new SimpleSerializedObject<>(row.json(), String.class, type.getName(), null));
    var associations =
        row.associations().stream().map(AssociationValue.class::cast).collect(toSet());
    return new Entry<>() {
      @Override
      public Set<AssociationValue> associationValues() {
        return associations;
      }

      @Override
      public S saga() {
        return saga;
      }
    };
  }

  @Override
  public void insertSaga(
      Class<?> type, String id, Object saga, Set<AssociationValue> associations) {
    database.put(id, row(saga, Set.copyOf(associations)));
  }

  @Override
  public void updateSaga(Class<?> type, String id, Object saga, AssociationValues associations) {
    database.put(id, row(saga, associations.asSet()));
  }

  @Override
  public void deleteSaga(Class<?> type, String id, Set<AssociationValue> associations) {
    database.remove(id);
  }

  private static SagaRow row(Object saga, Set<AssociationValue> associations) {
    return new SagaRow(
        SERIALIZER.serialize(saga, String.class).getData(), Set.copyOf(associations));
  }
}
